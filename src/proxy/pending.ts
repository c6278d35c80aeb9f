import type { Asked } from "./messages.ts";

/** True for the two requests in which Delve starts to debug. While it handles one it reads nothing. */
export function launches(command: string): command is "launch" | "attach" {
  return command === "launch" || command === "attach";
}

/** True for the requests whose failure is the launch's failure. */
export function decides(command: string): boolean {
  return command === "initialize" || launches(command);
}

/** True for the two requests by which a client goes. */
export function leaves(command: string): boolean {
  return command === "disconnect" || command === "terminate";
}

/** The client's requests that nobody has answered yet. */
export interface Pending {
  add(asked: Asked): void;
  /** The command that is answered so, or undefined where nobody asked. */
  answered(seq: unknown): string | undefined;
  /** True while a launch or attach waits for its answer; of one certain request when its seq is given. */
  launching(seq?: unknown): boolean;
  /** Gives them all away. */
  takeAll(): readonly Asked[];
}

export function createPending(): Pending {
  const bySeq = new Map<unknown, Asked>();
  return {
    add: (asked) => void bySeq.set(asked.seq, asked),
    answered(seq) {
      const command = bySeq.get(seq)?.command;
      bySeq.delete(seq);
      return command;
    },
    launching(seq) {
      const looked = seq === undefined ? [...bySeq.values()] : [bySeq.get(seq)];
      return looked.some((asked) => asked !== undefined && launches(asked.command));
    },
    takeAll() {
      const all = [...bySeq.values()];
      bySeq.clear();
      return all;
    },
  };
}
