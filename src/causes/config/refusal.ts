import { distance } from "../../core/distance.ts";
import type { JsonEdit, JsonPath } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";

/** What Delve refused, held against the configuration. */
export interface Refusal {
  /** Where it is: "env", "substitutePath[1]". */
  readonly attribute: string;
  /** True where the configuration really is as Delve's text says. */
  readonly holds: boolean;
  readonly because: string;
  /** What stands in the configuration; no value that could be a secret. */
  readonly seen: string;
  /** The edits that put a right value there, where one is certain, and what they do. */
  readonly right?: { readonly title: string; readonly edits: readonly JsonEdit[] };
}

/** Attributes that a launch cannot do without: to take one of them away is no remedy. */
const needed = ["program", "processId", "coreFilePath", "traceDirPath"];

/** The kind of a JSON value in the words of Go's encoding/json. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The same value as Delve's type would have it; undefined where what was meant is not certain. */
export function retyped(value: unknown, type: string): unknown {
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (/^u?int/.test(type))
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : undefined;
  if (/^\*?string$/.test(type)) return scalar ? String(value) : undefined;
  if (type === "[]string" && typeof value === "string")
    return /["'\\$`]/.test(value) ? undefined : value.split(/\s+/).filter((word) => word !== "");
  return undefined;
}

/** The one of `allowed` that a slip of the pen made into `word`. */
export function closest(word: string, allowed: readonly string[]): string | undefined {
  const near = allowed.map((one) => ({ one, far: distance(word.toLowerCase(), one) }));
  const [best, second] = near.sort((a, b) => a.far - b.far);
  if (best === undefined || best.far > 2 || best.far >= best.one.length) return undefined;
  return second?.far === best.far ? undefined : best.one;
}

/** An edit that sets an attribute, named so that a person sees the value. */
export function write(attribute: string, value: unknown): NonNullable<Refusal["right"]> {
  return { title: `Write "${attribute}": ${JSON.stringify(value)}`, edits: [{ at: [attribute], value }] };
}

/** An edit that takes an attribute away; `then` says what holds without it. */
export function remove(
  attribute: string,
  then: string,
  at: JsonPath = [attribute],
): NonNullable<Refusal["right"]> {
  return { title: `Remove ${attribute}: ${then}`, edits: [{ at }] };
}

/** A value of another JSON type than Delve reads: `field` as encoding/json names it, embedded structs included. */
export function wrongType(launch: Launch, field: string, kind: string, type: string): Refusal {
  const [attribute = field] = field.split(".").filter((part) => part !== "LaunchAttachCommonConfig");
  const value = launch.config[attribute];
  // Of a list or an object of texts it is one entry that has the wrong type, and encoding/json does not say which.
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const bad = entries.filter(([, one]) => one !== null && kindOf(one) === kind);
  const within = kindOf(value) !== kind && bad.length > 0;
  const common = { attribute, because: `Delve reads "${attribute}" as ${type}, and it is a JSON ${kind}.` };
  if (!within) {
    const value2 = retyped(value, type);
    const right =
      value2 !== undefined
        ? write(attribute, value2)
        : needed.includes(attribute)
          ? undefined
          : remove(attribute, "Delve's default holds");
    return {
      ...common,
      holds: kindOf(value) === kind,
      seen: `"${attribute}" in the configuration: a JSON ${kindOf(value)}`,
      ...(right !== undefined && { right }),
    };
  }
  const at = (key: string) => (Array.isArray(value) ? [attribute, Number(key)] : [attribute, key]);
  const places = bad.map(([key]) => (Array.isArray(value) ? `${attribute}[${key}]` : `${attribute}.${key}`));
  const edits = bad.map(([key, one]) => ({ at: at(key), value: retyped(one, type) }));
  const sure = edits.every((edit) => edit.value !== undefined);
  return {
    ...common,
    because: `Delve reads what is in "${attribute}" as ${type}, and ${places.join(", ")} is a JSON ${kind}.`,
    holds: true,
    seen: `${places.join(", ")} in the configuration: a JSON ${kind}`,
    ...(sure && { right: { title: `Put ${places.join(", ")} in quotes`, edits } }),
  };
}
