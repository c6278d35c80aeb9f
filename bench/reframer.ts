/**
 * Passes messages on as golang.go's adapter does (extension/src/goDebugFactory.ts, ProxyDebugAdapter), between a client and
 * the port in its argument: what has come is put together anew with every chunk, each message is parsed, and what was
 * parsed is written as JSON again. There VS Code takes the parsed message and writes it; here the one to the client does.
 */
import { connect, createServer, type Socket } from "node:net";
import type { Answer } from "./sides.ts";

const blankLine = "\r\n\r\n";

const server = createServer({ noDelay: true }, (client) => {
  const dlv = connect({ host: "127.0.0.1", port: Number(process.argv[2]), noDelay: true });
  reframe(client, dlv);
  reframe(dlv, client);
  for (const socket of [client, dlv]) socket.on("error", () => process.exit(0));
  client.on("end", () => dlv.end());
  dlv.on("end", () => client.end());
  dlv.on("close", () => process.exit(0));
});
server.listen(0, "127.0.0.1", () => {
  const at = server.address();
  const answer: Answer = { port: typeof at === "object" && at !== null ? at.port : 0 };
  process.send?.(answer);
});
process.on("disconnect", () => process.exit(0));

/** Nobody waits for a sink that is slow: neither does golang.go. */
function reframe(source: Socket, sink: Socket): void {
  let waiting: Buffer = Buffer.alloc(0);
  let length: number | undefined;
  source.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      if (length === undefined) {
        const end = waiting.indexOf(blankLine);
        if (end < 0) return;
        const value = /Content-Length: +(\d+)/.exec(waiting.toString("utf8", 0, end))?.[1];
        length = Number(value);
        waiting = waiting.subarray(end + blankLine.length);
      }
      if (waiting.length < length) return;
      const message: unknown = JSON.parse(waiting.toString("utf8", 0, length));
      waiting = waiting.subarray(length);
      length = undefined;
      const json = JSON.stringify(message);
      sink.write(`Content-Length: ${Buffer.byteLength(json)}${blankLine}${json}`);
    }
  });
}
