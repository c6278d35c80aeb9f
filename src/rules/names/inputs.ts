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
  // Most texts have none, and this runs at every keystroke.
  if (typeof value === "string" && !value.includes("${")) return [];
  if (typeof value === "string")
    return Array.from(value.matchAll(/\$\{input:([^}]+)\}/g), ([, id = ""]) => ({ at, id, text: value }));
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => usesIn(one, [...at, index]));
  return Object.entries(objectOf(value) ?? {}).flatMap(([key, one]) => usesIn(one, [...at, key]));
}

/** The ids that a list of inputs describes. */
export function idsOf(inputs: unknown): readonly string[] {
  return (Array.isArray(inputs) ? inputs : []).flatMap((one: unknown) => {
    const id = objectOf(one)?.["id"];
    return typeof id === "string" ? [id] : [];
  });
}
