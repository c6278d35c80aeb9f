import type { JsonEdit, JsonPath } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { kindOf, retyped } from "../../core/retyped.ts";
import { say } from "../../core/say.ts";

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

/** An edit that sets an attribute, named so that a person sees the value. */
export function write(attribute: string, value: unknown): NonNullable<Refusal["right"]> {
  return { title: say`Write "${attribute}": ${JSON.stringify(value)}`, edits: [{ at: [attribute], value }] };
}

/** An edit that takes an attribute away; `then` says what holds without it. */
export function remove(
  attribute: string,
  then: string,
  at: JsonPath = [attribute],
): NonNullable<Refusal["right"]> {
  return { title: say`Remove ${attribute}: ${then}`, edits: [{ at }] };
}

/** A value of another JSON type than Delve reads: `field` as encoding/json names it, embedded structs included. */
export function wrongType(launch: Launch, field: string, kind: string, type: string): Refusal {
  const [attribute = field] = field.split(".").filter((part) => part !== "LaunchAttachCommonConfig");
  const value = launch.config[attribute];
  // Of a list or an object of texts it is one entry that has the wrong type, and encoding/json does not say which.
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const bad = entries.filter(([, one]) => one !== null && kindOf(one) === kind);
  const within = kindOf(value) !== kind && bad.length > 0;
  const common = {
    attribute,
    because: say`Delve reads "${attribute}" as ${type}, and it is a JSON ${kind}.`,
  };
  if (!within) {
    const value2 = retyped(value, type);
    const right =
      value2 !== undefined
        ? write(attribute, value2)
        : needed.includes(attribute)
          ? undefined
          : remove(attribute, say`Delve's default holds`);
    return {
      ...common,
      holds: kindOf(value) === kind,
      seen: say`"${attribute}" in the configuration: a JSON ${kindOf(value)}`,
      ...(right !== undefined && { right }),
    };
  }
  const at = (key: string) => (Array.isArray(value) ? [attribute, Number(key)] : [attribute, key]);
  const places = bad.map(([key]) => (Array.isArray(value) ? `${attribute}[${key}]` : `${attribute}.${key}`));
  const edits = bad.map(([key, one]) => ({ at: at(key), value: retyped(one, type) }));
  const sure = edits.every((edit) => edit.value !== undefined);
  return {
    ...common,
    because: say`Delve reads what is in "${attribute}" as ${type}, and ${places.join(", ")} is a JSON ${kind}.`,
    holds: true,
    seen: say`${places.join(", ")} in the configuration: a JSON ${kind}`,
    ...(sure && { right: { title: say`Put ${places.join(", ")} in quotes`, edits } }),
  };
}

/** None of the attributes that such a launch cannot do without is there. */
export function absent(launch: Launch, names: readonly string[]): Refusal {
  const quoted = names.map((name) => `"${name}"`).reduce((all, one) => say`${all} nor ${one}`);
  return {
    attribute: names[0] ?? "",
    holds: names.every((name) => !launch.config[name]),
    because:
      launch.request === "attach"
        ? say`The configuration has no ${quoted}, and a attach in mode ${launch.mode} needs it.`
        : say`The configuration has no ${quoted}, and a launch in mode ${launch.mode} needs it.`,
    seen: say`no ${quoted} in the configuration`,
  };
}

/** A file that dlv cannot open for the program's input or output. */
export function redirection(launch: Launch, name: string): Refusal {
  const path = textOf(launch, name);
  return {
    attribute: name,
    holds: path !== undefined,
    because: say`dlv cannot open the file that "${name}" names: ${String(path)}`,
    seen: say`"${name}" in the configuration: ${String(path)}`,
  };
}
