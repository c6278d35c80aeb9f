import { type DlvCommand, dlvCommand } from "../../core/dlvCommand.ts";
import type { JsonPath } from "../../core/fix.ts";
import { podSpecIn } from "../../core/podSpec.ts";

/** A container as a compose file or a manifest describes it. */
export interface Described {
  readonly at: JsonPath;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The dlv that it starts, where it surely starts one. */
  readonly dlv: DlvCommand | undefined;
}

/** A value as an object, or undefined. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A value as a list; of anything else the empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The services of a compose file. */
export function servicesOf(file: unknown): readonly Described[] {
  return Object.entries(objectOf(objectOf(file)?.["services"]) ?? {}).flatMap(([name, service]) => {
    const value = objectOf(service);
    return value === undefined ? [] : [described(["services", name], name, value, "entrypoint", "command")];
  });
}

/** The containers of a manifest's pod, and of every object of a List. */
export function containersOf(object: unknown): readonly Described[] {
  const value = objectOf(object);
  if (value?.["kind"] === "List")
    return listOf(value["items"]).flatMap((item, index) =>
      containersOf(item).map((one) => moved(one, ["items", index])),
    );
  const at = podSpecIn(value?.["kind"]);
  const spec = at.reduce<unknown>((one, key) => objectOf(one)?.[String(key)], value);
  return listOf(objectOf(spec)?.["containers"]).flatMap((container, index) => {
    const own = objectOf(container);
    const name = String(own?.["name"] ?? "");
    return own === undefined ? [] : [described([...at, "containers", index], name, own, "command", "args")];
  });
}

/** Whether the first list starts dlv, or the second where the first only leads to it; never what is spread over both. */
function described(
  at: JsonPath,
  name: string,
  value: Readonly<Record<string, unknown>>,
  first: string,
  second: string,
): Described {
  const [before, behind] = [value[first], value[second]];
  const isEmpty = (words: unknown) => words == null || words === "" || listOf(words).length === 0;
  const whole = isEmpty(behind) ? dlvCommand(before, [...at, first]) : undefined;
  const dlv = whole ?? dlvCommand(behind, [...at, second]);
  return {
    at,
    name,
    value,
    dlv: dlv && { ...dlv, direct: dlv.direct && (whole !== undefined || isEmpty(before)) },
  };
}

function moved(one: Described, by: JsonPath): Described {
  const at = [...by, ...one.at];
  if (one.dlv === undefined) return { ...one, at };
  const written = { ...one.dlv.written, at: [...by, ...one.dlv.written.at] };
  return { ...one, at, dlv: { ...one.dlv, written } };
}
