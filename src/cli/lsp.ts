import { type Grammar, helpText, parse } from "./args.ts";
import { type Status, status } from "./stop.ts";

const grammar: Grammar = {
  verb: "lsp",
  about: "The language server for launch.json and its kin, on stdin and stdout, for any editor.",
  options: {
    stdio: { help: "speak on stdin and stdout (the default, and the only way there is)" },
    help: { help: "this text" },
  },
};

/** `delve-doctor lsp`. */
export async function lsp(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  if (words.on("help")) {
    process.stdout.write(helpText(grammar));
    return status.fine;
  }
  const { serveStdio } = await import("../language/stdio.ts");
  // An editor that is done says so; one whose end of the pipe is merely gone has been ended itself.
  await serveStdio();
  return status.found;
}
