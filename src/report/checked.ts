import type { Severity } from "../core/rule.ts";

/** A stretch of a file. Lines and columns count from 1, columns in UTF-16 units; the end is excluded. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A remedy as replacements of text in the file of its problem. The first of a problem is the preferred one. */
export interface CheckedFix {
  readonly title: string;
  /** It changes nothing that works: `check --fix` makes it. */
  readonly safe: boolean;
  /** Empty where a person must make it: the text cannot be edited safely, or the new text would tell a value of env or args. */
  readonly edits: readonly (Region & { readonly newText: string })[];
}

/** Something wrong at one place of a file. */
export interface CheckedProblem extends Region {
  readonly file: string;
  /** Such as DLV103, and the same in words. */
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly tag?: "deprecated" | "unnecessary";
  readonly related: readonly (Region & { readonly message: string })[];
  readonly fixes: readonly CheckedFix[];
}

/**
 * What `delve-doctor check --json` answers, version 1. Files are relative to the current directory with / between their
 * parts, and absolute where they lie outside it.
 */
export interface Checked {
  readonly version: 1;
  readonly files: readonly { readonly file: string; readonly kind: string }[];
  /** Files that could not be read: the message says why, and completes "FILE …". */
  readonly unread: readonly { readonly file: string; readonly message: string }[];
  /** What --fix has mended; the problems are those that are left. */
  readonly fixed: readonly { readonly file: string; readonly code: string; readonly title: string }[];
  /** By file, and in a file in the order of the text. */
  readonly problems: readonly CheckedProblem[];
}
