import type { Answer } from "./host.ts";
import type { Launch } from "./launch.ts";

interface Common<T> {
  readonly id: string;
  /** How long the answer may take, in ms; 10,000 when not said. */
  readonly limitMs?: number;
  /** Asked where the editor and its workspace folder are, not where dlv runs. */
  readonly near?: true;
  /**
   * Turns the answer into a fact. "dlv is absent" is a fact; throw an Error whose message says why when the
   * answer settles nothing, and every cause that needs this probe becomes unknown for that reason.
   */
  read(answer: Answer, launch: Launch): T;
}

/** A program with its arguments, run in dlv's directory with exactly the environment dlv gets. */
export interface ArgvProbe<T> extends Common<T> {
  readonly argv: readonly string[] | ((launch: Launch) => readonly string[]);
}

/**
 * A few lines of POSIX sh with `args` as $1, $2 …, so no value of the user's is ever parsed as shell. The system's own
 * directories are appended to PATH, for cat and readlink; $LAUNCH_PATH is the PATH that dlv really gets.
 */
export interface ShellProbe<T> extends Common<T> {
  readonly sh: string;
  readonly args?: (launch: Launch) => readonly string[];
}

/** One question to the host where dlv runs. A probe is a value: causes import it, asking twice is one question. */
export type Probe<T> = ArgvProbe<T> | ShellProbe<T>;

/** Gives a probe its fact type by inference. */
export function probe<T>(one: Probe<T>): Probe<T> {
  return one;
}
