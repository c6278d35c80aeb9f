import type { Frame } from "./frames.ts";
import { textOf } from "./messages.ts";
import type { Verdict } from "./splice.ts";

/** Makes a look at messages that ends no session: where it throws, `failed` hears why and the message goes on as it came. */
export function harmlessly(
  look: (frame: Frame) => Verdict,
  failed: (because: string) => void,
): (frame: Frame) => Verdict {
  return (frame) => {
    try {
      return look(frame);
    } catch (error) {
      failed(textOf(error));
      return "forward";
    }
  };
}
