/** Where a command runs. The kinds are those of `--on` (docs/architecture.md). */
export type HostKind = "local" | "ssh" | "docker" | "podman" | "kubectl";

/** How a host is named in a report: "on build7", "in container api". */
export interface HostName {
  readonly kind: HostKind;
  readonly name: string;
}

/** A command as a value: any host can run it. `env` is added to the host's own environment. */
export interface Command {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command answered. A text is cut at the limit's `bytes`; `code` is null when a signal ended it. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * How long (ms) a command may take and how much (bytes of each stream) is kept of what it says. `signal` ends it before
 * its time, in the same way.
 */
export interface Limits {
  readonly ms: number;
  readonly bytes: number;
  readonly signal?: AbortSignal;
}

/**
 * A machine, or a part of one, that runs commands. `run` rejects only when the command could not be started
 * (no such program: an Error whose `code` is "ENOENT"); a command that fails or is cut off is an answer.
 */
export interface Host extends HostName {
  run(command: Command, limits: Limits): Promise<Answer>;
}
