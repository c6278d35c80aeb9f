import { tasks } from "vscode";
import { duration } from "../report/words.ts";

/** What VS Code did from resolving a configuration until its debug adapter was wanted. Times in ms. */
export interface Before {
  readonly ms: number;
  /** Tasks that ran meanwhile, such as a preLaunchTask. */
  readonly tasks: readonly { readonly name: string; readonly ms: number }[];
}

interface Ran {
  readonly name: string;
  readonly from: number;
  to?: number;
}

/** Remembers which tasks run, so that the time before a launch can be named: nothing else shows it. */
export function watchTasks(): { readonly since: (t: number) => Before; readonly dispose: () => void } {
  const ran: Ran[] = [];
  const listeners = [
    tasks.onDidStartTask(({ execution: { task } }) => {
      ran.push({ name: task.name, from: Date.now() });
      if (ran.length > 20) ran.shift();
    }),
    tasks.onDidEndTask(({ execution: { task } }) => {
      const one = ran.findLast(({ name, to }) => name === task.name && to === undefined);
      if (one !== undefined) one.to = Date.now();
    }),
  ];
  return {
    since(t) {
      const now = Date.now();
      const meanwhile = ran.filter(({ from, to = now }) => from >= t || to > t);
      return {
        ms: now - t,
        tasks: meanwhile.map(({ name, from, to = now }) => ({ name, ms: to - Math.max(from, t) })),
      };
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** "5.2 s, of these 5.0 s in task "build"". */
export function beforeWords({ ms, tasks: all }: Before): string {
  const named = all.map((task) => `${duration(task.ms)} in task "${task.name}"`);
  return [duration(ms), ...(named.length > 0 ? [`of these ${named.join(" and ")}`] : [])].join(", ");
}
