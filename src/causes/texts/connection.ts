import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

/** A connection that was refused: this project's proxy, golang.go's socket (Node) and Delve's own client. */
export const nothingListens =
  /no connection to Delve at \S+: nothing listens there|ECONNREFUSED|connection refused/;

/** A connection of which nothing was heard any more: OpenSSH 9.2's keep-alive and the kernel's ETIMEDOUT. */
export const noAnswer = /Timeout, server \S+ not responding|Connection timed out|ETIMEDOUT/;

const server = "service/dap/server.go";
const rpc = "service/rpccommon/server.go";
const sameUser = "pkg/proc/native/sameuser_linux.go";

/** Section B: the connection and the protocol. */
export const connectionTexts: readonly Row[] = [
  {
    id: "B1",
    sample: "the connection is accepted and `initialize` is never answered",
    source: server,
    means: {
      why: "another client has this dlv dap; the kernel's backlog accepts, nobody reads",
      causes: ["single-client-used-up", "two-clients-fight"],
    },
  },
  {
    id: "B2",
    sample: "the connection is accepted and `initialize` is answered late",
    source: rpc,
    means: {
      why: "a headless server announces its port before it has built and started the program",
      causes: ["headless-not-ready-yet", "headless-waits-for-client"],
    },
  },
  {
    id: "B3",
    text: nothingListens,
    sample: "connect ECONNREFUSED 127.0.0.1:2345",
    source: rpc,
    means: {
      why: "nothing listens: a headless server without --accept-multiclient closes its port after the first client",
      causes: ["single-client-used-up", "remote-attach-vs-dap-server", "portforward-wrong-address"],
    },
  },
  {
    id: "B4",
    text: /ECONNRESET|connection reset by peer/,
    sample: "read ECONNRESET",
    source: "cmd/dlv/cmds/commands.go",
    means: {
      why: "a headless server that failed to launch or attach after it had announced its port; its stderr says why",
    },
  },
  {
    id: "B5",
    text: /closing connection from different user \(/,
    sample:
      "closing connection from different user (127.0.0.1:41234): connections to localhost are only accepted from the same UNIX user for security reasons",
    source: sameUser,
    means: { why: "client and dlv run as different users", causes: ["same-user-check"] },
  },
  {
    id: "B6",
    text: /cannot check remote address: connection not found in/,
    sample: "cannot check remote address: connection not found in /proc/net/tcp",
    source: sameUser,
    means: { why: "the client is not in dlv's network namespace", causes: ["same-user-check"] },
  },
  {
    id: "B7",
    text: /rpc:invalid character 'C' looking for beginning of value|Expected to connect to external `dlv --headless` server/,
    sample: "Expected to connect to external `dlv --headless` server @ v1.7.3 or later via DAP.",
    source: rpc,
    delve: { until: "1.7.2" },
    means: { why: "a headless server that speaks JSON-RPC only" },
  },
  {
    id: "B8",
    sample: "silence after `dlv connect` to `dlv dap`",
    source: server,
    means: {
      why: "a JSON-RPC client at a DAP server, which waits for Content-Length",
      causes: ["single-client-used-up"],
    },
  },
  {
    id: "B9",
    text: /Request command '(.*)' is not supported \(seq: \d+\)/,
    sample: "Internal Error: Request command 'fancy' is not supported (seq: 4)",
    source: server,
    means: { why: "the client is newer than this dlv", harmless: true },
  },
  {
    id: "B10",
    text: /Unable to process non-request /,
    sample: "Internal Error: Unable to process non-request &dap.RunInTerminalResponse",
    source: server,
    means: { why: "a response that was meant for the client's own request reached dlv" },
  },
  {
    id: "B11",
    sample: "dlv closes the socket and exits 0 after a malformed message",
    source: server,
    means: { why: "something between client and dlv spoils the stream" },
  },
  {
    id: "B12",
    text: /Internal Error: runtime error: /,
    sample: "Internal Error: runtime error: invalid memory address or nil pointer dereference",
    source: server,
    means: {
      why: say`a panic in a handler; up to 1.25.1 any request after a failed launch does it, up to 1.26.3 a process id below 1`,
      attributes: ["processId"],
      write: say`the id of a process that runs`,
    },
  },
  {
    id: "B13",
    text: /Unsupported 'pathFormat' value|Only 1-based (?:line|column) numbers are supported/,
    sample: "Failed to initialize: Only 1-based line numbers are supported.",
    source: server,
    means: { why: "what the client asks for in `initialize`; no attribute of a configuration sets it" },
  },
  {
    id: "B14",
    text: /No debug session started: Use launch or attach request first/,
    sample: "No debug session started: Use launch or attach request first.",
    source: server,
    delve: { since: "1.25.2" },
    means: { why: "a request before the launch, or after one that failed", harmless: true },
  },
  {
    id: "B15",
    text: /Unable to process `(.*)`: debuggee is running/,
    sample: "Unable to process `threads`: debuggee is running",
    source: server,
    means: { why: "the program runs", harmless: true },
  },
  {
    id: "B16",
    text: /noDebug mode: unable to process '(.*)' request/,
    sample: "noDebug mode: unable to process 'evaluate' request",
    source: server,
    means: { why: "the program runs without a debugger", harmless: true },
  },
  {
    id: "B17",
    text: /Not yet implemented: cannot process|Unsupported command: cannot process/,
    sample: 'Not yet implemented: cannot process "terminate" request',
    source: server,
    means: { why: "the client asks for what dlv did not offer", harmless: true },
  },
  {
    id: "B18",
    text: /Error while disconnecting: /,
    sample: "Error while disconnecting: no such process",
    source: server,
    means: { why: "the program was gone already, or sits in an uninterruptible sleep" },
  },
  {
    id: "B19",
    text: /failed to generate stdio pipes - /,
    sample: "Internal Error: failed to generate stdio pipes - too many open files",
    source: server,
    delve: { since: "1.21.1" },
    means: { why: "dlv has no file descriptor left, or cannot make a FIFO" },
  },
  {
    id: "B20",
    text: noAnswer,
    sample: "Timeout, server build7 not responding.",
    source: "OpenSSH: clientloop.c",
    means: { why: "a connection that is up and carries nothing any more", causes: ["ssh-idle-drop"] },
  },
];
