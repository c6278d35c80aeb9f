import { duplexPair } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { proxyConnection } from "../../src/proxy/connection.ts";
import { encodeFrame } from "../../src/proxy/frames.ts";

/** How large (bytes) each piece of a flood is. */
const pieceBytes = 64 * 1024;

/** What came of so many bytes that are no message's end. */
export interface Flooded {
  readonly what: string;
  readonly side: "client" | "dlv";
  readonly bytes: number;
  /** The most (bytes) that memory grew by meanwhile. */
  readonly grown: number;
  /** How many bytes were taken before the sender was told to wait, or the stream was refused. */
  readonly taken: number;
}

/** Floods a proxy with bytes from one side while it launches, and watches how much memory that takes. */
export async function flood(
  side: Flooded["side"],
  what: string,
  head: string,
  bytes: number,
): Promise<Flooded> {
  const [client, server] = duplexPair();
  const [dlv, far] = duplexPair();
  const proxy = proxyConnection(server, {
    plan: () => ({ kind: "connect", host: "", port: 0 }),
    record: () => {},
    reach: async () => ({
      ours: true,
      socket: Promise.resolve(far),
      died: new Promise(() => {}),
      pid: () => undefined,
      kill: async () => void far.destroy(),
      finish: async () => void far.destroy(),
    }),
  });
  for (const stream of [client, dlv]) stream.on("error", () => {}).resume();
  client.write(encodeFrame({ seq: 1, type: "request", command: "initialize", arguments: {} }));
  const from = side === "client" ? client : dlv;
  const piece = Buffer.alloc(pieceBytes, "x");
  from.write(head);
  const before = inUse();
  let grown = 0;
  let taken = 0;
  for (; taken < bytes && from.writable && (taken === 0 || !from.writableNeedDrain); taken += pieceBytes) {
    from.write(piece);
    for (let turns = 0; turns < 20 && from.writableNeedDrain; turns += 1) await turn();
    grown = Math.max(grown, inUse() - before);
  }
  client.destroy();
  proxy.close();
  await proxy.done;
  dlv.destroy();
  return { what, side, bytes, grown, taken };
}

function inUse(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
