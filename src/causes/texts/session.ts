import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

/** A launch or a local attach that reached a server which debugs already. */
export const sessionInProgress = /debug session already in progress/;

/** A remote attach that reached `dlv dap`. */
export const noDebuggerFound = /no debugger found/;

const server = "service/dap/server.go";

/** Section C, where the request and the server it reaches do not fit. */
export const sessionTexts: readonly Row[] = [
  {
    id: "C1",
    text: /debug session already in progress at .* - use remote attach mode/,
    sample:
      "Failed to launch: debug session already in progress at 127.0.0.1:2345 - use remote attach mode to connect to a server with an active debug session",
    source: server,
    means: {
      why: "a launch that reached a headless server",
      causes: ["remote-attach-vs-dap-server"],
      attributes: ["request", "mode"],
      write: say`"request": "attach", "mode": "remote"`,
    },
  },
  {
    id: "C2",
    text: /debug session already in progress at .* - use remote mode/,
    sample:
      "Failed to attach: debug session already in progress at 127.0.0.1:2345 - use remote mode to connect to a server with an active debug session",
    source: server,
    means: {
      why: "a local attach that reached a headless server",
      causes: ["remote-attach-vs-dap-server"],
      attributes: ["mode"],
      write: say`"remote"`,
    },
  },
  {
    id: "C11",
    text: noDebuggerFound,
    sample: "Failed to attach: no debugger found",
    source: server,
    means: {
      why: "a remote attach that reached `dlv dap`, which debugs nothing yet",
      causes: ["remote-attach-vs-dap-server"],
      attributes: ["mode"],
      write: say`"local", or a server that is started as \`dlv debug --headless\``,
    },
  },
  {
    id: "C19",
    text: /another launch request is in progress/,
    sample: "Failed to launch: another launch request is in progress",
    source: server,
    means: { why: "the client asked twice in one session" },
  },
];
