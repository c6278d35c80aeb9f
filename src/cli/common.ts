import type { Options } from "./args.ts";

/** Which configuration of which folder. */
export const choiceOptions: Options = {
  folder: { value: "DIR", help: "the workspace folder (default: here)" },
  config: { value: "NAME", help: "a configuration of launch.json (default: the only one for Go)" },
  program: { value: "PATH", help: "a program instead of a configuration; a process id with --mode attach" },
  mode: { value: "MODE", help: "with --program: debug, test, exec or attach (default: debug)" },
};

/** Where and how to answer. */
export const commonOptions: Options = {
  on: { value: "HOST", help: "ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD (default: local)" },
  "remote-folder": { value: "DIR", help: "where the folder lies on that host (default: the same path)" },
  json: { help: "the report as JSON on stdout, progress on stderr" },
  "no-color": { help: "no colour" },
  help: { help: "this text" },
};
