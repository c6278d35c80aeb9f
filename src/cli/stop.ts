/** What the exit status says, as --help lists it: all well; findings or goal not reached; wrong usage; could not run. */
export const status = { fine: 0, found: 1, usage: 2, impossible: 3 } as const;
export type Status = (typeof status)[keyof typeof status];

/** The end of a run with one line for the person: thrown by whatever notices first, printed by main. */
export class Stop extends Error {
  readonly status: Status;

  constructor(status: Status, line: string) {
    super(line);
    this.status = status;
  }
}

/** Wrong usage: the line says which word. */
export function usage(line: string): Stop {
  return new Stop(status.usage, line);
}
