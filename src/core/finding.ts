import type { Found } from "./cause.ts";

/** A cause that was found. */
export interface Finding extends Found {
  /** The cause's id. */
  readonly cause: string;
  readonly title: string;
  /** Its rule knows the fault from recorded or documented output only: it is never called proven. */
  readonly documented?: true;
}

/** A cause that could not be looked at. `because` names the probe's own reason. */
export interface Unknown {
  readonly cause: string;
  readonly because: string;
}

/** What an examination came to: findings best first, causes ruled out, causes not checked. */
export interface Verdicts {
  readonly findings: readonly Finding[];
  readonly clear: readonly string[];
  readonly unknown: readonly Unknown[];
}
