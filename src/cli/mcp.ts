import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Grammar, helpText, parse } from "./args.ts";
import { aliases } from "./diagnose.ts";
import { hostsOf } from "./hosts.ts";
import { interruptible } from "./interrupt.ts";
import { toolsWith } from "./mcpTools.ts";
import { specFrom } from "./place.ts";
import { type Status, Stop, status } from "./stop.ts";

const grammar: Grammar = {
  verb: "mcp",
  about:
    "A server of the Model Context Protocol on stdin and stdout: diagnose_launch, last_report and check_launch_json for an\nagent. They only look; no fix is ever applied. A folder may be looked at that the client has open, or that is named here.",
  options: {
    folder: {
      value: "DIR",
      many: true,
      help: "a folder that may be looked at, and all in it (default: what the client has open, else here)",
    },
    "allow-hosts": {
      value: "HOSTS",
      many: true,
      help: "other machines that may be looked at, as diagnose --on names them (default: none); nobody is asked",
    },
    stdio: { help: "speak on stdin and stdout (the default, and the only way there is)" },
    help: { help: "this text" },
  },
};

/** `delve-doctor mcp`. */
export async function mcp(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  if (words.on("help")) {
    process.stdout.write(helpText(grammar));
    return status.fine;
  }
  const folders = words.texts("folder").map(folderNamed);
  const hosts = await hostsOf(words.texts("allow-hosts"), aliases);
  for (const host of hosts) specFrom(host);
  const { serveMcp } = await import("./mcpServer.ts");
  return interruptible(async (interrupt) => {
    await serveMcp(toolsWith({ folders, hosts }), interrupt);
    return status.fine;
  });
}

function folderNamed(word: string): string {
  const folder = resolve(word);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new Stop(status.impossible, `--folder ${folder} is not a folder that can be read`);
}
