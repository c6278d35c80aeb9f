import type { Document } from "./document.ts";
import { openJson } from "./json.ts";
import type { Kind } from "./kind.ts";
import { openYaml } from "./yaml.ts";

/** Reads a text as a file of its kind. */
export function openDocument(file: string, kind: Kind, text: string): Document {
  const read = kind === "compose" || kind === "pod" ? openYaml(text) : openJson(text);
  return { file, kind, text, ...read };
}
