import { join, resolve } from "node:path";
import { position } from "../config/jsonc.ts";
import { readText } from "../config/text.ts";
import { check as problemsOf } from "../language/check.ts";
import { openKnowledge } from "../language/knowledge.ts";
import { openDocument } from "../language/open.ts";
import { rules } from "../rules/index.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { type Status, status } from "./stop.ts";

const grammar: Grammar = {
  verb: "check",
  about: "Lints what is written about Go launches before F5.",
  options: {
    folder: { value: "DIR", help: "the workspace folder (default: here)" },
    help: { help: "this text" },
  },
};

/** `delve-doctor check`. */
export async function check(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  if (words.on("help")) {
    process.stdout.write(helpText(grammar));
    return status.fine;
  }
  const file = join(resolve(words.text("folder") ?? "."), ".vscode", "launch.json");
  const text = await readText(file);
  if (text === undefined) return status.fine;
  const document = openDocument(file, "launch", text);
  const knowledge = openKnowledge();
  let problems = problemsOf(document, rules, knowledge.worldOf(file));
  while (await knowledge.settle()) problems = problemsOf(document, rules, knowledge.worldOf(file));
  for (const { start, severity, code, message } of problems) {
    const { line, column } = position(text, start);
    process.stdout.write(`${file}:${line}:${column}: ${severity} ${code}: ${message}\n`);
  }
  return problems.length > 0 ? status.found : status.fine;
}
