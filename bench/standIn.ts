/**
 * A stand-in for `dlv dap`: a DAP server that costs as little as a server can, so that what is measured is the way to
 * it. It prints Delve's banner, takes one client, answers every request at once and ends with it. Three requests are
 * its own: `flood` sends output events, `huge` sends one that is huge, and `stop` sends a `stopped`, after which the proxy
 * lets the bytes run.
 */
import { createServer, type Socket } from "node:net";
import { recordOf } from "../src/core/json.ts";
import { createFramer, encodeFrame, parseFrame } from "../src/proxy/frames.ts";
import { batchOf, hugeEvent } from "./flood.ts";

const server = createServer({ noDelay: true }, (client) => {
  server.close();
  serve(client);
});
server.listen(0, "127.0.0.1", () => {
  const at = server.address();
  if (typeof at === "object") console.log(`DAP server listening at: 127.0.0.1:${at?.port}`);
});

function serve(client: Socket): void {
  const framer = createFramer();
  const send = (message: object) => client.write(encodeFrame({ seq: 0, ...message }));
  const event = (name: string, body?: object) => send({ type: "event", event: name, body });

  async function handle(message: Readonly<Record<string, unknown>>): Promise<void> {
    const command = String(message["command"]);
    const args = recordOf(message["arguments"]);
    if (command === "launch") event("initialized");
    if (command === "stop") event("stopped", { reason: "breakpoint", threadId: 1, allThreadsStopped: true });
    if (command === "flood") await flood(client, Number(args["batches"]));
    if (command === "huge") await huge(client, Number(args["bytes"]));
    send({ type: "response", request_seq: message["seq"], command, success: true, body: args });
    if (command === "disconnect") client.end();
  }

  client.on("data", (chunk: Buffer) => {
    for (const frame of framer.push(chunk)) {
      const message = parseFrame(frame);
      if (message !== undefined) void handle(message);
    }
  });
  client.on("error", () => {});
  client.on("close", () => process.exit(0));
}

async function flood(client: Socket, batches: number): Promise<void> {
  for (let sent = 0; sent < batches && client.writable; sent += 1) await write(client, batchOf.bytes);
}

async function huge(client: Socket, bytes: number): Promise<void> {
  const { begin, middle, count, end } = hugeEvent(bytes);
  client.write(begin);
  for (let sent = 0; sent < count && client.writable; sent += 1) await write(client, middle);
  client.write(end);
}

async function write(client: Socket, bytes: Buffer): Promise<void> {
  if (!client.write(bytes)) await new Promise<void>((resolve) => client.once("drain", resolve));
}
