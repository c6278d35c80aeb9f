import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A relay on 127.0.0.1 that forgets connections; others pass. */
export interface Forgetful {
  readonly port: number;
  /** Connections that were forgotten so far. */
  forgotten(): number;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/**
 * Relays to `port` of 127.0.0.1 and forgets a connection in which no byte went either way for `afterMs`, as a router does
 * with its table: nothing passes any more and neither end is told, while new connections work. It works above TCP, so the
 * kernel here still acknowledges what is then sent; behind a real router TCP itself gives up after a quarter of an hour.
 */
export async function forgetful(to: number, afterMs: number): Promise<Forgetful> {
  const sockets = new Set<Socket>();
  let forgotten = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port: to, noDelay: true });
    let known = true;
    const forget = () => {
      known = false;
      forgotten += 1;
    };
    let timer = setTimeout(forget, afterMs);
    for (const [from, into] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("data", (chunk: Buffer) => {
        if (!known) return;
        clearTimeout(timer);
        timer = setTimeout(forget, afterMs);
        into.write(chunk);
      });
      from.on("close", () => {
        clearTimeout(timer);
        sockets.delete(from);
        if (known) into.destroy();
      });
    }
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    forgotten: () => forgotten,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
