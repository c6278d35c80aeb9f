import type { JsonPath } from "../core/fix.ts";
import type { Kind } from "./kind.ts";

/** A stretch of a text: offsets in UTF-16 units, the end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A place where the text cannot be read as what it should be, and what to do about it. */
export interface Flaw extends Stretch {
  readonly code: "DLV001" | "DLV002" | "DLV003";
  readonly message: string;
}

/** A text that was read once: what it says, and where it says so. Never throws, whatever the text is. */
export interface Document {
  readonly file: string;
  readonly kind: Kind;
  /** The text with its byte order mark, which offsets count. */
  readonly text: string;
  /** What is written: for YAML one value for each document of the stream, else one. Nothing where nothing can be read. */
  readonly values: readonly { readonly under: JsonPath; readonly value: unknown }[];
  readonly flaws: readonly Flaw[];
  /** Where a value, or its key, stands; the nearest that is written around it where it is not written itself. */
  locate(at: JsonPath, mark?: "key"): Stretch;
  /** The comments in the order of the text, with their marks (// or #). */
  readonly comments: readonly (Stretch & { readonly text: string })[];
}

/** What a reader makes of a text, whatever file it is in. */
export type Read = Omit<Document, "file" | "kind" | "text">;
