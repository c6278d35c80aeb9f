import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Whether the directory that the debugged program is to run in (`cwd`) is there; undefined where none is named. */
export const programDirectory = probe({
  id: "program-directory",
  args: (launch) => [textOf(launch, "dlvCwd") || ".", textOf(launch, "cwd") ?? ""],
  sh: `
[ -n "$2" ] || { echo none; exit 0; }
cd "$1" 2>/dev/null
if [ -d "$2" ]; then echo directory; elif [ -e "$2" ]; then echo other; else echo missing; fi
`,
  read({ stdout }): "directory" | "other" | "missing" | undefined {
    const kind = stdout.trim();
    if (kind === "none") return undefined;
    if (kind === "directory" || kind === "other" || kind === "missing") return kind;
    throw new Error(say`the program's directory could not be looked at`);
  },
});
