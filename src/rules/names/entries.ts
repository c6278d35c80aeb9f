import type { JsonPath } from "../../core/fix.ts";
import type { Entry, Section } from "../../core/rule.ts";

/** A value as an object, or undefined. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The name of an entry that may be started; a configuration with `presentation.hidden` still may, by a compound. */
export function nameOf({ value }: Entry): string | undefined {
  const name = objectOf(value)?.["name"];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** A configuration that a compound names: by its name alone, or with the name of its workspace folder. */
export interface Member {
  readonly at: JsonPath;
  readonly name: string;
  readonly folder: string | undefined;
  /** It is written as an object. */
  readonly written: "text" | "object";
}

/** What a compound names; entries of another type are left out. */
export function membersOf({ at, value }: Entry): readonly Member[] {
  const list = objectOf(value)?.["configurations"];
  return (Array.isArray(list) ? list : []).flatMap((one: unknown, index): Member[] => {
    const place = [...at, "configurations", index];
    if (typeof one === "string") return [{ at: place, name: one, folder: undefined, written: "text" }];
    const { name, folder } = objectOf(one) ?? {};
    if (typeof name !== "string") return [];
    const named = typeof folder === "string" && folder !== "" ? folder : undefined;
    return [{ at: place, name, folder: named, written: "object" }];
  });
}

/** What the compounds of a section name without a folder; where one names itself, it is left out. */
export function withoutFolder({ compounds }: Section): readonly Member[] {
  return compounds.flatMap((compound) =>
    membersOf(compound).filter(({ name, folder }) => folder === undefined && name !== nameOf(compound)),
  );
}

/** The names of the configurations of a section. */
export function namesOf({ configurations }: Section): readonly string[] {
  return configurations.map(nameOf).filter((name) => name !== undefined);
}

/** A name with the first number behind it that makes it unlike all others. */
export function freeName(name: string, taken: readonly (string | undefined)[]): string {
  for (let count = 2; ; count += 1) if (!taken.includes(`${name} ${count}`)) return `${name} ${count}`;
}
