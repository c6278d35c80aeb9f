import type { JsonPath } from "../../core/fix.ts";
import { type Use, usesIn } from "../paths/variables.ts";
import { objectOf } from "./entries.ts";

/** A place where a configuration asks for an input. */
interface Asked extends Use {
  readonly id: string;
}

/** Where a value asks for inputs: every `${input:ID}` in its texts. */
export function askedIn(value: unknown, at: JsonPath): readonly Asked[] {
  return usesIn(value, at).flatMap((use) => {
    const id = use.variable.startsWith("input:") ? use.variable.slice("input:".length) : "";
    return id === "" ? [] : [{ ...use, id }];
  });
}

/** The ids that a list of inputs describes. */
export function idsOf(inputs: unknown): readonly string[] {
  return (Array.isArray(inputs) ? inputs : []).flatMap((one: unknown) => {
    const id = objectOf(one)?.["id"];
    return typeof id === "string" ? [id] : [];
  });
}
