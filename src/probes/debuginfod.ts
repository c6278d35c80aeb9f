import { probe } from "../core/probe.ts";

/** What dlv asks debuginfod with: the hosts of DEBUGINFOD_URLS, without paths and passwords, and whether it still asks. */
export interface Debuginfod {
  readonly servers: readonly string[];
  /** The processes of debuginfod-find, of those that were seen, that are still there. */
  readonly asking: readonly number[];
  /** DEBUGINFOD_TIMEOUT in seconds; debuginfod-find's own default is 90. */
  readonly timeoutSeconds?: number;
}

/** Reads two variables of dlv's real environment, and looks again for its debuginfod-find. */
export const debuginfod = probe({
  id: "debuginfod",
  args: ({ timeline }) =>
    (timeline.last?.processes ?? [])
      .filter(({ name }) => name === "debuginfod-find")
      .map(({ pid }) => String(pid)),
  sh: `
for p; do
  [ "$(cat "/proc/$p/comm" 2>/dev/null)" = debuginfod-find ] || continue
  echo "asking $p"
  tr '\\000\\n' '\\n ' <"/proc/$p/environ" 2>/dev/null | awk '
    sub(/^DEBUGINFOD_URLS=/, "") { n = split($0, urls, " "); for (i = 1; i <= n; i++) { u = urls[i]; sub(/^[a-z]+:\\/\\//, "", u); sub(/\\/.*/, "", u); sub(/.*@/, "", u); print "server", u } }
    sub(/^DEBUGINFOD_TIMEOUT=/, "") { print "timeout", $0 }'
done
exit 0
`,
  read({ stdout }): Debuginfod {
    const timeout = /^timeout (\d+)$/m.exec(stdout)?.[1];
    return {
      servers: [...new Set(Array.from(stdout.matchAll(/^server (\S+)$/gm), ([, one = ""]) => one))],
      asking: Array.from(stdout.matchAll(/^asking (\d+)$/gm), ([, pid]) => Number(pid)),
      ...(timeout !== undefined && { timeoutSeconds: Number(timeout) }),
    };
  },
});
