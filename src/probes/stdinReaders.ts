import { breakpointFiles } from "../core/breakpoints.ts";
import { buildDirectory } from "../core/goBuild.ts";
import { builds, type Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";

/** Where a program that dlv starts gets its standard input from, and which lines of its package read it. */
export interface StdinReaders {
  /** What dlv has as file 0, such as "/dev/null" or "socket:[123]"; empty where dlv is gone or not ours. */
  readonly dlvStdin: string;
  /** FILE:LINE: TEXT, the first few; none where the sources are not known. */
  readonly lines: readonly string[];
}

/** Looks for the standard library's ways to standard input in the program's own package, or where its breakpoints are. */
export const stdinReaders = probe<StdinReaders>({
  id: "stdin-readers",
  args: (launch) => [String(launch.timeline.dlv?.pid ?? 0), sources(launch)],
  sh: `
printf 'stdin %s\\n' "$(readlink "/proc/$1/fd/0" 2>/dev/null)"
[ -n "$2" ] && cd "$2" 2>/dev/null || exit 0
grep -nE 'os\\.Stdin|fmt\\.Scan(f|ln)?\\(|term\\.ReadPassword\\(' ./*.go /dev/null 2>/dev/null | head -n 5 | sed 's/^\\.\\//line /'
exit 0
`,
  read: ({ stdout }) => ({
    dlvStdin: /^stdin (.+)$/m.exec(stdout)?.[1] ?? "",
    lines: Array.from(stdout.matchAll(/^line (\S+:\d+):\s*(.*)$/gm), ([, at, text]) => `${at}: ${text}`),
  }),
});

function sources(launch: Launch): string {
  if (builds(launch)) return buildDirectory(launch);
  return breakpointFiles(launch.timeline)[0]?.replace(/[^/]*$/, "") ?? "";
}
