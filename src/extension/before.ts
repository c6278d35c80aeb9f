import { type TaskExecution, tasks } from "vscode";

/** A task as VS Code told of it. Times in ms of performance.now(). */
export interface RanTask {
  readonly execution: TaskExecution;
  readonly from: number;
  readonly to?: number;
  /** Its first process, where it has one. */
  readonly pid?: number;
}

/** The tasks of this window, those that ended included. */
export interface TaskWatch {
  /** Those that ran at `t` or later. */
  readonly since: (t: number) => readonly RanTask[];
  readonly dispose: () => void;
}

/** How many tasks are remembered. */
const kept = 20;

/** Remembers which tasks run, so that the time before a launch can be named: nothing else shows it. */
export function watchTasks(): TaskWatch {
  const ran: { -readonly [K in keyof RanTask]: RanTask[K] }[] = [];
  const last = (execution: TaskExecution) =>
    ran.findLast((one) => one.execution === execution && one.to === undefined);
  const listeners = [
    tasks.onDidStartTask(({ execution }) => {
      ran.push({ execution, from: performance.now() });
      if (ran.length > kept) ran.shift();
    }),
    tasks.onDidStartTaskProcess(({ execution, processId }) => {
      const one = last(execution);
      if (one !== undefined) one.pid = processId;
    }),
    tasks.onDidEndTask(({ execution }) => {
      const one = last(execution);
      if (one !== undefined) one.to = performance.now();
    }),
  ];
  return {
    since: (t) => ran.filter(({ from, to }) => from >= t || (to ?? t + 1) > t),
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}
