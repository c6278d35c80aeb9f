import type { JsonPath } from "../../core/fix.ts";
import { anyOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { isVariable } from "./adapter.ts";
import type { AttributeType } from "./table.ts";

/** A value, or one inside it, that is not of the type that is wanted there. */
export interface Misfit {
  readonly at: JsonPath;
  readonly value: unknown;
  readonly wants: AttributeType;
}

/**
 * Where a value is of none of the types, as Go's encoding/json sees it: null fits everywhere. Inside a list or an object it
 * is the entries that do not fit. Nothing where it fits.
 */
export function fits(types: readonly AttributeType[], value: unknown, at: JsonPath): readonly Misfit[] {
  if (value === null) return [];
  const tries = types.map((type) => tryOne(type, value, at));
  if (tries.some((found) => found.length === 0)) return [];
  return tries.find((found) => found.some((one) => one.at.length > at.length)) ?? tries[0] ?? [];
}

function tryOne(type: AttributeType, value: unknown, at: JsonPath): readonly Misfit[] {
  const wrong: readonly Misfit[] = [{ at, value, wants: type }];
  if (isVariable(value)) return [];
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return typeof value === type ? [] : wrong;
    case "integer":
      return Number.isSafeInteger(value) ? [] : wrong;
    case "object":
      return isObject(value) ? [] : wrong;
    case "string[]":
      if (!Array.isArray(value)) return wrong;
      return value.flatMap((one: unknown, index) =>
        one === null ? [] : tryOne("string", one, [...at, index]),
      );
    case "variables":
      if (!isObject(value)) return wrong;
      return Object.entries(value).flatMap(([name, one]) =>
        one === null ? [] : tryOne("string", one, [...at, name]),
      );
    case "pairs":
      if (!Array.isArray(value)) return wrong;
      return value.flatMap((one: unknown, index) =>
        isPair(one) ? [] : [{ at: [...at, index], value: one, wants: type }],
      );
  }
}

/** The words for what a value must be. */
export function wordsFor(types: readonly AttributeType[]): string {
  return anyOf(types.map((type) => words[type]()));
}

const words: Readonly<Record<AttributeType, () => string>> = {
  string: () => say`a text`,
  boolean: () => say`true or false, without quotes`,
  number: () => say`a number`,
  integer: () => say`a whole number, without quotes`,
  "string[]": () => say`a list of texts`,
  object: () => say`an object`,
  variables: () => say`a text or null`,
  pairs: () => say`a pair of texts "from" and "to"`,
};

/** Delve wants both, and takes their names in any case. */
function isPair(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = new Map(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one]));
  return ["from", "to"].every((name) => typeof names.get(name) === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
