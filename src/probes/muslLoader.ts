import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { isDebuggee } from "../core/process.ts";

/**
 * The path of musl's loader where the program runs with it: by the maps of the process that dlv traces, else by the head
 * of the file that is run. Undefined for another loader, for none, and where there is no program to look at.
 */
export const muslLoader = probe({
  id: "musl-loader",
  args: (launch) => [
    String(launch.timeline.last?.processes.find(isDebuggee)?.pid ?? ""),
    launch.mode === "exec" ? (textOf(launch, "program") ?? "") : "",
  ],
  sh: `
[ -n "$1" ] && grep -o -m 1 '/[^ ]*ld-musl[^ ]*' "/proc/$1/maps" 2>/dev/null && exit 0
[ -f "$2" ] && head -c 8192 "$2" | tr -c '[:print:]' '\\n' | grep -m 1 '^/.*ld-musl'
exit 0
`,
  read: ({ stdout }): string | undefined => stdout.trim().split("\n")[0] || undefined,
});
