import type { JsonPath } from "../../core/fix.ts";
import { objectOf } from "./entries.ts";

/** A place where a configuration asks for an input. */
interface InputUse {
  readonly at: JsonPath;
  readonly id: string;
  readonly text: string;
}

/** Where a value asks for inputs: every text in it with `${input:ID}`. */
export function usesIn(value: unknown, at: JsonPath): readonly InputUse[] {
  if (typeof value === "string")
    return Array.from(value.matchAll(/\$\{input:([^}]+)\}/g), ([, id = ""]) => ({ at, id, text: value }));
  const found: InputUse[] = [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(objectOf(value) ?? {});
  for (const [key, one] of entries as Iterable<readonly [string | number, unknown]>) {
    // Most values are none of these, and this runs at every keystroke.
    const asks = typeof one === "string" ? one.includes("${input:") : typeof one === "object";
    if (asks) found.push(...usesIn(one, [...at, key]));
  }
  return found;
}

/** The ids that a list of inputs describes. */
export function idsOf(inputs: unknown): readonly string[] {
  return (Array.isArray(inputs) ? inputs : []).flatMap((one: unknown) => {
    const id = objectOf(one)?.["id"];
    return typeof id === "string" ? [id] : [];
  });
}
