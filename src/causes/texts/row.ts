/** The first and the last release that says a text, both inclusive; an absent end is open or not known. */
export interface Span {
  readonly since?: string;
  readonly until?: string;
}

/** What a text stands for. A text alone proves nothing: where causes are named, their probes decide. */
export interface Meaning {
  /** What is really the matter, in a few words. */
  readonly why: string;
  /** The causes that it can be a sign of, by id. */
  readonly causes?: readonly string[];
  /** The user's own configuration: the attributes in question, and what to write in them. */
  readonly attributes?: readonly string[];
  readonly write?: string;
  /** Said by launches with which nothing is wrong. */
  readonly harmless?: true;
}

/** One text of Delve, go or golang.go; or a silence, where `text` is absent and `sample` says what is seen instead. */
export interface Row {
  /** Section and number, such as "C7". */
  readonly id: string;
  readonly text?: RegExp;
  readonly sample: string;
  /** The file that prints it: of Delve, unless another project is named. */
  readonly source: string;
  /** The Delve and Go releases that say it, where one is known to have begun or ceased to. */
  readonly delve?: Span;
  readonly go?: Span;
  readonly means: Meaning;
}

/** A pattern that matches what one of `patterns` does. */
export function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join("|"));
}
