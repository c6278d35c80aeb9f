import type { Fix } from "./fix.ts";
import type { Launch } from "./launch.ts";
import type { PhaseName } from "./phases.ts";
import type { Probe } from "./probe.ts";

/** proven: no other cause explains the observation. likely: it fits best. possible: it fits. */
export type Certainty = "proven" | "likely" | "possible";

/** The probes a cause needs, by the name its rule knows them under. */
export type Needs = Readonly<Record<string, Probe<unknown>>>;

/** The facts that a cause's probes give. */
export type Facts<N extends Needs> = { readonly [K in keyof N]: N[K] extends Probe<infer T> ? T : never };

/** The milliseconds of one phase that a finding accounts for, or of the editor's own time before the first one. */
export interface Explained {
  readonly phase: PhaseName | "editor";
  readonly ms: number;
}

/** What a rule says when its cause is there. `evidence` lists observations: file, syscall, exit code, pid. */
export interface Found {
  readonly certainty: Certainty;
  /** The cause in one sentence. */
  readonly because: string;
  readonly evidence: readonly string[];
  readonly explains?: Explained;
  readonly fixes: readonly Fix[];
}

/** The page about a cause: docs/causes/ and `delve-doctor causes ID` are made from it. */
export interface About {
  /** What happens and why, in a few sentences of Markdown. */
  readonly what: string;
  /** What looks like it and is not. */
  readonly notThis: string;
  /** Public threads and documents, as owner/repo#number or URL. */
  readonly sources: readonly string[];
  /** real: proven by making the fault in this project's tests. recorded: by recorded or documented output. */
  readonly seen: "real" | "recorded";
}

/**
 * One reason why a launch is slow, stuck or failing.
 *
 * `when` says whether this launch can have it at all; where not, the cause is clear and nothing is asked. `find` runs
 * only when every fact it needs is known, so it has no error handling.
 */
export interface Cause<N extends Needs = Needs> {
  readonly id: string;
  readonly title: string;
  readonly about: About;
  readonly needs: N;
  /** "editor": it lies where the editor's Go extension runs, and is not asked of another host. */
  readonly where?: "editor";
  when?(launch: Launch): boolean;
  find(facts: Facts<N>, launch: Launch): Found | undefined;
}

/** Gives a cause its fact types by inference. */
export function cause<N extends Needs>(one: Cause<N>): Cause {
  return one;
}
