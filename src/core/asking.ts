import { buildPart, type ProcessSample } from "./process.ts";

/** A program that git has started to get a user name, a password or a connection, and the git that waits for it. */
export interface Asking {
  readonly git: ProcessSample;
  /** Below git, the outermost first: a shell, a helper, what the helper started. */
  readonly helpers: readonly [ProcessSample, ...ProcessSample[]];
}

/**
 * The git of a build that waits for a program of its own: a credential helper, an askpass, ssh. Nobody sees what these ask, because
 * dlv has no terminal. Only a git that talks to a server asks for a login: below `git status` runs a hook.
 */
export function askingGit(processes: readonly ProcessSample[]): Asking | undefined {
  for (const top of processes) {
    const above = isGit(top) ? undefined : gitAbove(top, processes);
    if (above === undefined) continue;
    let git = above;
    for (let next = gitAbove(git, processes); next !== undefined; next = gitAbove(git, processes)) git = next;
    if (buildPart(git) !== "download") continue;
    const helpers: [ProcessSample, ...ProcessSample[]] = [top];
    for (let next = childOf(top, processes); next !== undefined; next = childOf(next, processes))
      helpers.push(next);
    return { git, helpers };
  }
  return undefined;
}

function gitAbove({ ppid }: ProcessSample, processes: readonly ProcessSample[]): ProcessSample | undefined {
  return processes.find((one) => one.pid === ppid && isGit(one));
}

/** "git" runs its helpers under its own name, too: `git credential-store get`. */
function isGit({ name, argv }: ProcessSample): boolean {
  return /^git(?:-remote-.*)?$/.test(name) && !argv.some((word) => /^credential-/.test(word));
}

function childOf({ pid }: ProcessSample, processes: readonly ProcessSample[]): ProcessSample | undefined {
  return processes.find(({ ppid }) => ppid === pid);
}
