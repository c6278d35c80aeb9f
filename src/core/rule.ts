import type { Config } from "./config.ts";
import type { JsonEdit, JsonPath } from "./fix.ts";
import type { World } from "./world.ts";

/**
 * error: the launch fails. warning: it does not do what is written. information: it works, and something is better.
 * hint: nothing but a shade in the text.
 */
export type Severity = "error" | "warning" | "information" | "hint";

/** A remedy for one complaint: edits of the same file, which count from where the complaint's `at` counts from. */
export interface Remedy {
  readonly title: string;
  readonly edits: readonly JsonEdit[];
  /** It changes nothing that works, so that "fix all" may make it without being asked. */
  readonly safe?: true;
}

/** Another place that has to do with a complaint, in the same file. */
export interface Related {
  readonly at: JsonPath;
  readonly message: string;
}

/** What a rule says of one place. Paths count from what the rule was given: a configuration, a section, a document. */
export interface Complaint {
  readonly at: JsonPath;
  /** What is marked: the value, or the key alone; the value where nothing is said. */
  readonly mark?: "key";
  /** One sentence: what is wrong there and what is true instead. */
  readonly message: string;
  /** Where this one is graver or milder than its rule. */
  readonly severity?: Severity;
  readonly tag?: "deprecated" | "unnecessary";
  readonly related?: readonly Related[];
  /** The first is the preferred one. */
  readonly remedies?: readonly Remedy[];
}

/** A Go configuration as it counts on one platform: the platform's block is laid over the rest, variables stand as written. */
export interface View {
  readonly config: Config;
  readonly request: "launch" | "attach";
  /** As golang.go takes it where it is not written: auto for a launch, local for an attach. */
  readonly mode: string;
}

/** An entry of `configurations` or `compounds`, of whatever debugger type, and whatever it is. */
export interface Entry {
  readonly at: JsonPath;
  readonly value: unknown;
}

/** The launch section of a launch.json, a *.code-workspace or a settings.json. Paths count from the section. */
export interface Section {
  /** The file it is in: only a launch.json has all that most people have. */
  readonly file: "launch" | "workspace" | "settings";
  readonly value: Config;
  readonly configurations: readonly Entry[];
  readonly compounds: readonly Entry[];
}

/** The page about a rule: docs/rules/ and `delve-doctor check --explain CODE` are made from it. */
export interface RuleAbout {
  /** What is wrong with it and what happens then, in a few sentences of Markdown. */
  readonly what: string;
  /** A smallest text that the rule complains of, and the same text without the fault: both are run in the tests. */
  readonly wrong: string;
  readonly right: string;
  /** Public threads and documents, as owner/repo#number or URL. */
  readonly sources: readonly string[];
}

interface Common {
  /** Stable: it is written into comments that ignore it. */
  readonly code: `DLV${number}`;
  /** The same in words, such as unknown-attribute. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The ids of the causes that a launch is spared where the rule is kept. */
  readonly prevents: readonly string[];
  readonly about: RuleAbout;
}

/** What is written in a file that is not a launch section: the parsed value of the whole document. */
export type OtherKind = "tasks" | "settings" | "devcontainer" | "compose" | "pod";

/**
 * One thing that can be wrong with what is written before F5. `check` is pure and quick: it runs at every keystroke. What
 * the World does not know (yet) is no reason to complain.
 */
export type Rule = Common &
  (
    | { readonly of: "configuration"; check(view: View, world: World): Iterable<Complaint> }
    | { readonly of: "section"; check(section: Section, world: World): Iterable<Complaint> }
    | { readonly of: OtherKind; check(value: unknown, world: World): Iterable<Complaint> }
  );

/** Gives a rule its types by inference. */
export function rule(one: Rule): Rule {
  return one;
}
