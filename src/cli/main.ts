#!/usr/bin/env node
import { forTerminal } from "../report/forTerminal.ts";
import { causes } from "./causes.ts";
import { check } from "./check.ts";
import { dap } from "./dap.ts";
import { diagnose } from "./diagnose.ts";
import { fix } from "./fix.ts";
import { launch } from "./launch.ts";
import { lsp } from "./lsp.ts";
import { mcp } from "./mcp.ts";
import { selftest } from "./selftest.ts";
import { type Status, Stop, status, usage } from "./stop.ts";

/** The verbs, in the order of --help. */
const verbs = {
  launch: {
    run: launch,
    about: "run a launch as F5 would, show its phases live, then timeline and findings",
  },
  diagnose: { run: diagnose, about: "look at a host and a configuration without launching" },
  check: {
    run: check,
    about: "lint launch.json, *.code-workspace, devcontainer.json, compose and pod files",
  },
  fix: { run: fix, about: "preview, apply, verify or undo a fix" },
  causes: { run: causes, about: "list every known cause; one by id with its explanation" },
  selftest: {
    run: selftest,
    about: "debug a small program of its own here or --on a host: which parts work",
  },
  lsp: { run: lsp, about: "the language server for launch.json and its kin, on stdio, for any editor" },
  mcp: { run: mcp, about: "three tools for an agent, which only look: an MCP server on stdio" },
  dap: { run: dap, about: "a debug adapter on stdio (or --listen HOST:PORT) for any DAP client" },
} as const;

const names = Object.keys(verbs).join(", ");

async function main([verb, ...rest]: readonly string[]): Promise<Status> {
  if (verb === "--help" || verb === "help") {
    process.stdout.write(help());
    return status.fine;
  }
  if (verb === undefined) throw usage(`which verb? There are ${names}; delve-doctor --help explains them`);
  if (!Object.hasOwn(verbs, verb)) throw usage(`${verb} is no verb of delve-doctor; there are ${names}`);
  return verbs[verb as keyof typeof verbs].run(rest);
}

function help(): string {
  const rows = Object.entries(verbs).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
  return `Finds out why a Go debug launch is slow, stuck or failing, proves it, and fixes it.

delve-doctor VERB [options]

${rows.join("\n")}

delve-doctor VERB --help lists the options of a verb.

Exit status: 0 nothing found and the launch reached its goal; 1 findings, or the launch did not get there;
2 wrong usage; 3 could not run at all.
`;
}

// Whoever reads our output may close it early, as head does; that is their right.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/** Ends once all is written; what still ticks, such as a limit that was not needed, is not waited for. */
function leave(code: Status): void {
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}

main(process.argv.slice(2)).then(leave, (error: unknown) => {
  const known = error instanceof Stop;
  const line = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(forTerminal(`delve-doctor: ${line}\n`));
  leave(known ? error.status : status.impossible);
});
