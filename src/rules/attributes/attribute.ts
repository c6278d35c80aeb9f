/** A JSON type in the words of a schema; "string[]" is a list of texts, "pairs" one of { from, to }. */
export type AttributeType =
  | "string"
  | "boolean"
  | "number"
  | "integer"
  | "string[]"
  | "pairs"
  | "object"
  | "variables";

/** One of the values that an attribute knows, and half a line about it. */
export interface AttributeValue {
  readonly value: string | number;
  says(): string;
  /** The one request that takes it, where the attribute is of both. */
  readonly of?: "launch" | "attach";
}

/** An attribute of a configuration whose `type` is "go". */
export interface Attribute {
  readonly name: string;
  readonly requests: readonly ("launch" | "attach")[];
  /** The modes in which dlv-dap looks at it; all of its requests where none are named. */
  readonly modes?: readonly string[];
  /** What may be written without harm, the usual type first. */
  readonly types: readonly AttributeType[];
  /** All there are; in a "string" of golang.go's `logOutput` several stand with commas between them. */
  readonly values?: readonly AttributeValue[];
  /** The first Delve release that reads it, where that is newer than 1.7.0; other adapters ignore it in silence. */
  readonly since?: string;
  /** Who makes something of it. */
  readonly reader: "vscode" | "golang.go" | "delve" | "delve-doctor";
  readonly adapter: "dlv-dap" | "legacy" | "both";
  /** Why not, and what to write instead; one sentence. */
  deprecated?(): string;
  /** What it does with dlv-dap, in Markdown. Said when it is asked for: the table is made before the language is known. */
  says(): string;
}

export const launch = ["launch"] as const;
export const attach = ["attach"] as const;
export const both = ["launch", "attach"] as const;

/** The modes of a launch in which Delve builds the program; golang.go makes debug or test of auto. */
export const building = ["auto", "debug", "test"];
/** The modes in which golang.go starts a dlv: a remote attach finds one running. */
export const starting = ["auto", "debug", "test", "exec", "replay", "core", "local"];
