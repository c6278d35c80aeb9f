import type { PhaseName } from "../core/phases.ts";
import type { Timeline } from "../core/timeline.ts";
import { paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { duration, phaseWord } from "./words.ts";

/** Where live phases go. `live` redraws one line; without it each phase is told once, for logs and screen readers. */
export interface StepperOptions {
  readonly write: (text: string) => void;
  readonly live: boolean;
  readonly color: boolean;
  /** The columns of the terminal at this moment. */
  readonly width: () => number;
}

/** Shows the phases of one launch as they come. */
export interface Stepper {
  /** `now` says what goes on in words; `late` that the phase is past its usual time. */
  show(timeline: Timeline, now: string, late: boolean): void;
  /** Prints whole lines of something else above the ticking line. */
  say(text: string): void;
  /** Takes the ticking line away; nothing is drawn until `show` is called again. */
  pause(): void;
}

/** Makes a stepper. A phase that is over stands on a line of its own with its time. */
export function makeStepper({ write, live, color, width }: StepperOptions): Stepper {
  const brush = paint(color);
  const told = new Set<PhaseName>();
  const lateTold = new Set<PhaseName>();
  let drawn = false;

  const wipe = () => {
    if (drawn) write("\r\u001b[K");
    drawn = false;
  };
  const tellOver = (timeline: Timeline) => {
    for (const { name, ms } of timeline.phases) {
      if (told.has(name) || name === timeline.current) continue;
      told.add(name);
      wipe();
      const reached = timeline.current !== undefined || name !== timeline.phases.at(-1)?.name;
      const good = reached || timeline.outcome === "stopped" || timeline.outcome === "exited";
      const mark = good ? brush.good("✓") : brush.bad("✗");
      write(`${mark} ${phaseWord(name).padEnd(10)} ${duration(ms)}${good ? "" : ` (${timeline.outcome})`}\n`);
    }
  };

  return {
    show(timeline, now, late) {
      tellOver(timeline);
      const { current } = timeline;
      if (current === undefined) return;
      if (live) {
        write(`\r\u001b[K${clip(`  ${printable(now)}`, width() - 1)}`);
        drawn = true;
      } else if (late && !lateTold.has(current)) {
        lateTold.add(current);
        write(`  ${printable(now)}\n`);
      }
    },
    say(text) {
      wipe();
      write(text.endsWith("\n") ? text : `${text}\n`);
    },
    pause: wipe,
  };
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}
