/** How long a connection has been silent, and who was silent. Times in ms. */
export interface Silence {
  /** Since the last byte that came. */
  readonly silentMs: number;
  /** Of that, until something was sent into the silence, or until now: nobody disturbed it. */
  readonly quietMs: number;
  /** Since something was sent into it; 0 where all that was sent got an answer. */
  readonly unansweredMs: number;
  /** How much of it this machine slept. */
  readonly sleptMs: number;
}

/** Measures the silence of one connection. */
export interface Quiet {
  heard(): void;
  sent(): void;
  /** To be called by a timer: that it is called late is how a sleep of the machine shows. */
  tick(): void;
  now(): Silence;
}

/** How late (ms) a busy machine may call a timer without having slept. */
const lateMs = 10_000;

/**
 * `tickMs` is how often `tick` is going to be called. A monotonic clock stands still while Linux sleeps, and goes on in
 * other systems: so sleep is told by a timer that comes late by the wall clock, which goes on everywhere.
 */
export function createQuiet(
  tickMs: number,
  monotonic: () => number = () => performance.now(),
  wall: () => number = Date.now,
): Quiet {
  let lastIn = monotonic();
  let firstOut: number | undefined;
  let ticked = wall();
  let slept = 0;
  const overslept = () => {
    const late = wall() - ticked - tickMs;
    return late > lateMs ? late : 0;
  };
  return {
    heard() {
      lastIn = monotonic();
      firstOut = undefined;
      slept = 0;
      ticked = wall();
    },
    sent() {
      firstOut ??= monotonic();
    },
    tick() {
      slept += overslept();
      ticked = wall();
    },
    now() {
      const now = monotonic();
      return {
        silentMs: now - lastIn,
        quietMs: (firstOut ?? now) - lastIn,
        unansweredMs: firstOut === undefined ? 0 : now - firstOut,
        sleptMs: slept + overslept(),
      };
    },
  };
}
