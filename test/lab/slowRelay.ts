import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** How a relay treats what passes through it. It can be changed while it runs. */
export interface Weather {
  /** One way, in ms: the round trip is twice that. */
  delayMs: number;
  /** Bytes per second and direction; undefined is as fast as it goes. */
  bytesPerSecond?: number | undefined;
}

/** A TCP relay on 127.0.0.1 that delays, drips or silently loses what passes. */
export interface SlowRelay {
  readonly host: string;
  readonly port: number;
  readonly weather: Weather;
  /** From now on nothing passes in either direction and nobody is told, as behind a router that forgot the connection. */
  cut(): void;
  /** Passes on what was held back since the cut, and all that follows. */
  heal(): void;
  /** Ends every connection with a reset, as a router that wakes up does. */
  reset(): void;
  /** Bytes from the client to the server so far. */
  sent(): number;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/**
 * Relays to `port` of 127.0.0.1. It works above TCP: the client's TCP handshake is with the relay and takes no delay, and
 * there is no loss, whose cost would be the retransmission's delay anyway.
 */
export async function slowRelay(to: number, weather: Weather): Promise<SlowRelay> {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let isCut = false;
  let sent = 0;
  const passing = (go: () => void): void => {
    if (isCut) waiting.push(go);
    else go();
  };

  const carry = (from: Socket, into: Socket): void => {
    let free = 0;
    const after = (bytes: number, go: () => void): void => {
      const now = performance.now();
      const rate = weather.bytesPerSecond;
      // Never before what came earlier, even where the delay has shrunk since.
      free = Math.max(free, now + weather.delayMs) + (rate === undefined ? 0 : (bytes / rate) * 1000);
      setTimeout(() => passing(go), free - now);
    };
    from.on("data", (chunk: Buffer) => {
      after(chunk.length, () => {
        if (!into.destroyed) into.write(chunk);
      });
    });
    from.on("end", () => after(0, () => into.end()));
    from.on("close", () => after(0, () => into.destroy()));
    from.on("error", () => {});
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ host, port: to, noDelay: true, allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    client.on("data", (chunk) => {
      sent += chunk.length;
    });
    carry(client, upstream);
    carry(upstream, client);
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();

  return {
    host,
    port: typeof address === "object" && address !== null ? address.port : 0,
    weather,
    cut() {
      isCut = true;
    },
    heal() {
      isCut = false;
      for (const go of waiting.splice(0)) go();
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    sent: () => sent,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
