import type { Row } from "./row.ts";

/** golang.go's own limit of one second for its connection to dlv, whatever it failed at. */
export const connectTimedOut = /Couldn't start dlv dap:\s+(?:Error: )?connection timeout/;

const factory = "golang.go: extension/src/goDebugFactory.ts";

/** Section M: what golang.go says around dlv. */
export const golangTexts: readonly Row[] = [
  {
    id: "M1",
    text: /timed out while waiting for DAP server to start/,
    sample: "Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start",
    source: factory,
    means: {
      why: "30 s without a listening dlv, also where it ended at once (A2 to A9)",
      causes: ["dlv-dies-or-missing-at-start", "dlv-wrapper-drops-fd3-or-noise", "dlv-missing-prompt"],
    },
  },
  {
    id: "M2",
    text: connectTimedOut,
    sample: "Couldn't start dlv dap:\nconnection timeout",
    source: factory,
    means: {
      why: "TCP took longer than 1 s",
      causes: ["connection-timeout-one-second", "loopback-filtered"],
    },
  },
  {
    id: "M3",
    text: /timed out while waiting for DAP in reverse mode to connect|cannot launch dlv dap\. See DEBUG CONSOLE/,
    sample: "timed out while waiting for DAP in reverse mode to connect",
    source: factory,
    means: {
      why: "the dlv in the terminal did not call back within 30 s",
      causes: ["terminal-console-no-callback", "as-root-flow"],
    },
  },
  {
    id: "M4",
    text: /dlv dap process \((\d+)\) isn't responding\. Killing\.\.\./,
    sample: "dlv dap process (71) isn't responding. Killing...",
    source: factory,
    means: { why: "dlv had not ended one second after the session", causes: ["stop-ignored-while-building"] },
  },
  {
    id: "M5",
    text: /connection error: /,
    sample: "connection error: Error: socket hang up",
    source: factory,
    means: { why: "the socket to dlv failed", causes: ["legacy-adapter-race"] },
  },
  {
    id: "M6",
    sample: "nothing is said: a remote attach uses the legacy adapter",
    source: "golang.go: extension/src/goDebugConfiguration.ts",
    means: {
      why: "dlv substitute-path-guess-helper failed",
      causes: ["silent-legacy-adapter", "remote-helper-go-list"],
    },
  },
];
