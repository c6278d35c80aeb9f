import { causes as all } from "../causes/index.ts";
import { causePage } from "../report/causePage.ts";
import { rules } from "../rules/index.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { type Status, status, usage } from "./stop.ts";

const grammar: Grammar = {
  verb: "causes",
  rest: "[ID]",
  about: "Lists every known cause; one by id with its explanation.",
  options: { help: { help: "this text" } },
};

/** `delve-doctor causes`. */
export async function causes(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  process.stdout.write(words.on("help") ? helpText(grammar) : pageOf(words.rest[0]));
  return status.fine;
}

function pageOf(id: string | undefined): string {
  if (id === undefined) {
    const width = Math.max(...all.map((one) => one.id.length));
    return all.map((one) => `${one.id.padEnd(width)}  ${one.title}\n`).join("");
  }
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw usage(`${id} is no known cause; delve-doctor causes lists them`);
  return causePage(found, rules);
}
