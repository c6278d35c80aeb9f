import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../core/say.ts";
import { createFramer, encodeFrame, parseFrame } from "./frames.ts";
import { askedOf, createSpeaker, errorMessage } from "./messages.ts";
import { isOurs } from "./sockets.ts";

/**
 * How long (ms) a second client is kept waiting for the first one to leave. VS Code's restart connects again about
 * 300 ms after dlv answered its disconnect, at times before the old socket is closed.
 */
const changeoverMs = 1000;
/** How long (ms) a client that is turned away may take to say what it wants, so that it can be told why not. */
const refusalMs = 2000;

/** What the listener has to know of a client that is being served. */
export interface Served {
  /** Resolves when the client asked to disconnect or is gone: the next one may come. */
  readonly leaving: Promise<void>;
  /** Ends its connection. */
  close(): void;
}

/** A listener for VS Code's `debugServer`. It outlives its clients: each restart of a session connects anew. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends the client that is there. */
  close(): void;
}

/**
 * Listens on 127.0.0.1 (port 0: a free one) for DAP clients of this user, one at a time. Loopback is open to every
 * local user, so a client of another one is dropped, as Delve's --only-same-user does; where there is no /proc it cannot be told.
 * Rejects when no port can be had.
 */
export async function listen(onClient: (socket: Socket) => Served, port = 0): Promise<Listener> {
  let served: Served | undefined;
  const take = async (socket: Socket) => {
    socket.on("error", () => {});
    if (!isOurs(socket)) {
      socket.destroy();
      return;
    }
    const before = served;
    if (before !== undefined && !(await leaves(before))) {
      refuse(socket);
      return;
    }
    // Two may have waited for the same place.
    if (served !== undefined && served !== before) {
      refuse(socket);
      return;
    }
    const now = onClient(socket);
    served = now;
    void now.leaving.then(() => {
      if (served === now) served = undefined;
    });
  };
  const server = createServer({ noDelay: true }, (socket) => void take(socket));
  return {
    port: await bind(server, port),
    close() {
      server.close();
      served?.close();
    },
  };
}

async function leaves({ leaving }: Served): Promise<boolean> {
  const enough = new AbortController();
  const late = sleep(changeoverMs, false, { signal: enough.signal }).catch(() => false);
  return Promise.race([leaving.then(() => true), late]).finally(() => enough.abort());
}

function bind(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const at = server.address();
      resolve(typeof at === "object" && at !== null ? at.port : 0);
    });
  });
}

/** Fails the client's first request with the reason, and closes. */
function refuse(socket: Socket): void {
  const speaker = createSpeaker();
  const framer = createFramer();
  const timer = setTimeout(() => socket.destroy(), refusalMs);
  socket.once("close", () => clearTimeout(timer));
  socket.on("data", (chunk: Buffer) => {
    try {
      const [frame] = framer.push(chunk);
      if (frame === undefined) return;
      const request = parseFrame(frame) ?? {};
      const error = errorMessage(say`this debug session has a client already`, true);
      socket.write(encodeFrame(speaker.refuse(askedOf(request), error)));
      socket.end(encodeFrame(speaker.event("terminated")));
    } catch {
      socket.destroy();
    }
  });
}
