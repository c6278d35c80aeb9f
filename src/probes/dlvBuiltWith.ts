import { probe } from "../core/probe.ts";

/**
 * The Go that built the launch's dlv, such as "go1.24.13": `dlv version` does not say it. Undefined where no go is there
 * to read it, or dlv is a script.
 */
export const dlvBuiltWith = probe({
  id: "dlv-built-with",
  args: (launch) => [launch.dlv],
  sh: `PATH=$LAUNCH_PATH; export PATH
file=$(command -v -- "$1") || exit 0
GOTOOLCHAIN=local go version "$file"
exit 0
`,
  read: ({ stdout }): string | undefined => /: (?:\S+ )?(go\d\S*)/.exec(stdout)?.[1],
});
