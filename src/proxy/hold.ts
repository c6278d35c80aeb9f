import type { Config } from "../core/config.ts";
import { encodeFrame, type Frame } from "./frames.ts";

/** Keeps one request back while its arguments are prepared. */
export interface Hold {
  /**
   * Sends the request on with the arguments that come of `prepared`; as it came where these are its own or that fails. Not
   * before, so swallow it.
   */
  begin(request: Config, frame: Frame, prepared: Promise<Config>): "swallow";
  /** Sends what is kept back on at once, as it came: what is prepared is waited for no longer. */
  release(): void;
}

export function createHold(send: (bytes: Buffer) => void): Hold {
  let held: Frame | undefined;
  const pass = (frame: Frame, bytes: () => Buffer) => {
    if (held !== frame) return;
    held = undefined;
    send(bytes());
  };
  const asItCame = (frame: Frame) => pass(frame, () => Buffer.concat(frame.pieces));
  return {
    begin(request, frame, prepared) {
      held = frame;
      prepared.then(
        (args) => {
          if (args === request["arguments"]) asItCame(frame);
          else pass(frame, () => encodeFrame({ ...request, arguments: args }));
        },
        () => asItCame(frame),
      );
      return "swallow";
    },
    release() {
      if (held !== undefined) asItCame(held);
    },
  };
}
