import type { Launch } from "../core/launch.ts";
import type { Stall } from "../core/stall.ts";

/** A launch at one moment. `late` is past the usual time; `stalled` is late and without a sign of work. */
export interface SessionState {
  readonly launch: Launch;
  readonly late: boolean;
  readonly stall?: Stall;
  /** True once, at the end: the launch reached its stop, ended, failed, was cancelled, or runs without end. */
  readonly over: boolean;
}
