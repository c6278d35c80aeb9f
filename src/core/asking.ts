import type { ProcessSample } from "./process.ts";

/** A program that git has started to get a user name, a password or a connection, and the git that waits for it. */
export interface Asking {
  readonly git: ProcessSample;
  /** Below git, the outermost first: a shell, a helper, what the helper started. */
  readonly helpers: readonly [ProcessSample, ...ProcessSample[]];
}

/**
 * The git of a build that waits for a program of its own: a credential helper, an askpass, ssh. Nobody sees what these ask, because
 * dlv has no terminal.
 */
export function askingGit(processes: readonly ProcessSample[]): Asking | undefined {
  const top = processes.find(
    (one) => !isGit(one) && processes.some((above) => above.pid === one.ppid && isGit(above)),
  );
  if (top === undefined) return undefined;
  const git = processes.find(
    (one) => isGit(one) && !processes.some((above) => above.pid === one.ppid && isGit(above)),
  );
  const helpers: [ProcessSample, ...ProcessSample[]] = [top];
  for (let next = childOf(top, processes); next !== undefined; next = childOf(next, processes))
    helpers.push(next);
  return git === undefined ? undefined : { git, helpers };
}

/** "git" runs its helpers under its own name, too: `git credential-store get`. */
function isGit({ name, argv }: ProcessSample): boolean {
  return /^git(?:-remote-.*)?$/.test(name) && !argv.some((word) => /^credential-/.test(word));
}

function childOf({ pid }: ProcessSample, processes: readonly ProcessSample[]): ProcessSample | undefined {
  return processes.find(({ ppid }) => ppid === pid);
}
