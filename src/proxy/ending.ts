import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { deferred } from "./deferred.ts";

/** How long (ms) the client may take to close first, and then to close at all. */
const clientLastMs = 2000;

/** The end of a connection: dlv first, then the client, whose own closing is waited for. */
export interface Ending {
  /** Resolves when the client has closed and the clean-up is done. Never rejects. */
  readonly done: Promise<void>;
  /** Tells that the client has closed its side. */
  clientClosed(): void;
  /** Cleans up, then ends the client's connection; a client that should see an error is let close first. */
  begin(cleanUp: () => Promise<unknown>, clientFirst: boolean): void;
}

export function createEnding(client: Duplex): Ending {
  const closed = deferred<void>();
  const done = deferred<void>();
  let begun = false;
  const closes = () => {
    const enough = new AbortController();
    const late = sleep(clientLastMs, undefined, { signal: enough.signal }).catch(() => {});
    return Promise.race([closed.promise, late]).finally(() => enough.abort());
  };
  const end = async (cleanUp: () => Promise<unknown>, clientFirst: boolean) => {
    try {
      await cleanUp();
    } catch {
      // What could not be cleaned up does not keep the client.
    }
    if (clientFirst) await closes();
    client.end();
    await closes();
    client.destroy();
    done.resolve();
  };
  return {
    done: done.promise,
    clientClosed: closed.resolve,
    begin(cleanUp, clientFirst) {
      if (begun) return;
      begun = true;
      void end(cleanUp, clientFirst);
    },
  };
}
