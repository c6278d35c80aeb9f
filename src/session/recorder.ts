import { encode, type Happening, type LaunchEvent } from "../core/event.ts";
import type { LinkHappening } from "../core/link.ts";
import { redactText } from "../core/redact.ts";
import { replay, type Timeline } from "../core/timeline.ts";

/** Records what happens in one launch, and adds it up on demand. */
export interface Recorder {
  record(happening: Happening): void;
  /** The events so far, as recorded: redacted. */
  readonly events: readonly LaunchEvent[];
  /** The timeline up to this moment. */
  timeline(): Timeline;
}

/**
 * Makes a recorder. `write` gets each event as one line of JSON; `secrets` gives the values that must not stand in any
 * text that Delve or the program prints. Times come from a monotonic clock and count from this call.
 */
export function makeRecorder(write: (line: string) => void, secrets: () => readonly string[]): Recorder {
  const began = performance.now();
  const now = () => Math.round((performance.now() - began) * 1000) / 1000;
  const events: LaunchEvent[] = [];
  return {
    events,
    record(happening) {
      const event = { t: now(), ...clean(happening, secrets()) };
      events.push(event);
      write(encode(event));
    },
    timeline: () => replay(events, now()),
  };
}

/** Hides secrets in the texts that others wrote; our own fields hold none. */
function clean(happening: Happening, secrets: readonly string[]): Happening {
  const hide = (text: string) => redactText(text, secrets);
  if (happening.kind === "said" || happening.kind === "output")
    return { ...happening, text: hide(happening.text) };
  // The place is the editor's own, and what maps it must be exact.
  if (happening.kind === "breakpoint" && happening.message !== undefined)
    return { ...happening, message: hide(happening.message) };
  if (happening.kind === "spawned") return { ...happening, argv: happening.argv.map(hide) };
  if (happening.kind === "response" && happening.error !== undefined)
    return { ...happening, error: { ...happening.error, text: hide(happening.error.text) } };
  if (happening.kind === "link") return cleanLink(happening, hide);
  if (happening.kind !== "sample") return happening;
  const processes = happening.sample.processes.map((one) => ({ ...one, argv: one.argv.map(hide) }));
  return { ...happening, sample: { processes } };
}

function cleanLink(happening: LinkHappening, hide: (text: string) => string): LinkHappening {
  if (happening.what === "refused") return { ...happening, words: hide(happening.words) };
  if (happening.what === "lost") return { ...happening, because: hide(happening.because) };
  if (happening.what !== "stream" || happening.through === undefined) return happening;
  return { ...happening, through: { ...happening.through, argv: happening.through.argv.map(hide) } };
}
