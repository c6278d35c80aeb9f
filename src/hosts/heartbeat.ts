import type { Channel } from "./channel.ts";
import { eachLine } from "./lines.ts";

/** More (bytes) than any echo of ours. */
const longestLine = 4096;

/** A program on the other side that gives each line back. */
export interface Heartbeat {
  /** Sends a line and waits for it: the round trip in ms, or undefined where it did not come back in time. */
  beat(limitMs: number): Promise<number | undefined>;
  /** The last round trip in ms. */
  rttMs(): number | undefined;
}

/** Measures a way by what an echo at its end (`while read -r x; do echo "$x"; done`) gives back. */
export function heartbeatOver({ stdin, stdout }: Pick<Channel, "stdin" | "stdout">): Heartbeat {
  let count = 0;
  let rtt: number | undefined;
  let heard: (line: string) => void = () => {};
  eachLine(stdout, longestLine, (line) => heard(line), stdout.destroy.bind(stdout));
  return {
    beat(limitMs) {
      count += 1;
      const mine = String(count);
      const sent = performance.now();
      return new Promise((resolve) => {
        // A way that is closed meanwhile must not keep this process waiting.
        const timer = setTimeout(resolve, limitMs, undefined).unref();
        heard = (line) => {
          if (line.trim() !== mine) return;
          clearTimeout(timer);
          rtt = performance.now() - sent;
          resolve(rtt);
        };
        stdin.write(`${mine}\n`);
      });
    },
    rttMs: () => rtt,
  };
}
