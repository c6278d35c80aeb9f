import type { Duplex } from "node:stream";
import type { Client } from "ssh2";

/** Watches over an open connection. */
export interface Pulse {
  /** The last measured round trip in ms. */
  rttMs(): number | undefined;
  /** For how long (ms) nothing has come. */
  silentMs(): number;
  stop(): void;
}

/**
 * Sends keep-alives while nothing comes, so that `silent` is called (once, with the ms of silence) when nothing came for
 * two intervals, in which two keep-alives had no answer. Every keep-alive measures the round trip, the first at once.
 */
export function pulse(
  client: Client,
  bytes: Duplex,
  intervalMs: number,
  silent: (ms: number) => void,
): Pulse {
  let heard = performance.now();
  let unanswered = 0;
  let rtt: number | undefined;
  let stopped = false;
  const onData = (): void => {
    heard = performance.now();
    unanswered = 0;
  };
  const send = (): void => {
    const sent = performance.now();
    try {
      // A request to end a forwarding that never was. It needs an answer ("no") as OpenSSH's own keep-alive does, which
      // ssh2 sends only by itself and without telling when the answer came.
      client.unforwardIn("127.0.0.1", 1, () => {
        // When the connection ends ssh2 answers all that was asked.
        if (!stopped) rtt = performance.now() - sent;
      });
    } catch {
      // The connection has just ended, and its own events say so.
    }
  };
  const timer = setInterval(
    () => {
      // Counted in keep-alives, not by the clock: a laptop that slept has sent none.
      if (unanswered >= 2) {
        stop();
        silent(performance.now() - heard);
        return;
      }
      unanswered++;
      send();
    },
    (intervalMs * 2) / 3,
  );
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
    bytes.off("data", onData);
  };
  bytes.on("data", onData);
  send();
  return { rttMs: () => rtt, silentMs: () => performance.now() - heard, stop };
}
