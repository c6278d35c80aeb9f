import type { Options, Words } from "./args.ts";
import { Stop, status, usage } from "./stop.ts";

/** Which configuration of which folder. */
export const choiceOptions: Options = {
  folder: { value: "DIR", help: "the workspace folder (default: here)" },
  config: { value: "NAME", help: "a configuration of launch.json (default: the only one for Go)" },
  program: { value: "PATH", help: "a program instead of a configuration; a process id with --mode attach" },
  mode: { value: "MODE", help: "with --program: debug, test, exec or attach (default: debug)" },
};

/** Where and how to answer. */
export const commonOptions: Options = {
  on: { value: "HOST", help: "the machine to look at; in this version only local" },
  json: { help: "the report as JSON on stdout, progress on stderr" },
  "no-color": { help: "no colour" },
  help: { help: "this text" },
};

/** The shapes of --on that the contract knows; only the first can be had yet. */
const hosts = /^(local|ssh:.+|docker:.+|podman:.+|kubectl:.+)$/;

/** Refuses a host that cannot be reached, before anything is done. */
export function needLocal(words: Words): void {
  const on = words.text("on") ?? "local";
  if (!hosts.test(on))
    throw usage(
      `--on ${on} names no host; there are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD`,
    );
  if (on !== "local")
    throw new Stop(status.impossible, `--on ${on} is not available in this version; only --on local is`);
}
