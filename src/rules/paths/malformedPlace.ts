import { distance } from "../../core/distance.ts";
import { faultsOfPlace, placeAttribute, writtenPlace } from "../../core/placeAttribute.ts";
import { type Remedy, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "./samples.ts";

const known = ["on", "folder", "dlv"];

/** `delveDoctor` names no place where a dlv could run. */
export const malformedPlace = rule({
  code: "DLV330",
  id: "malformed-place",
  title: say`delveDoctor names no host`,
  severity: "error",
  of: "configuration",
  prevents: [],
  about: {
    what: "`delveDoctor` says where dlv runs: `on` is `local`, `ssh:ALIAS`, `docker:NAME`, `podman:NAME` or `kubectl:POD`, `folder` the absolute path of the workspace folder there, `dlv` the name or path of a dlv there. A launch with anything else is refused, because without it the program would run on this machine.",
    wrong: sample({ delveDoctor: { on: "build7" } }),
    right: sample({ delveDoctor: { on: "ssh:build7" } }),
    sources: ["https://code.visualstudio.com/docs/reference/variables-reference"],
  },
  *check({ config }) {
    const place = writtenPlace(config);
    for (const { at, message } of faultsOfPlace(place)) {
      const [key] = at;
      const value = key === undefined ? place : (place as Readonly<Record<string, unknown>>)[key];
      if (typeof value === "string" && value.includes("${")) continue;
      const isKey = key !== undefined && !known.includes(String(key));
      const path = [placeAttribute, ...at];
      yield {
        at: path,
        ...(isKey && { mark: "key" as const }),
        message: say`${message}.`,
        remedies: isKey
          ? renamed(String(key), value, place)
          : key === "on" || key === undefined
            ? host(path, value)
            : [],
      };
    }
  },
});

function host(at: readonly (string | number)[], value: unknown): readonly Remedy[] {
  if (typeof value !== "string" || !/^[\w.@-]+$/.test(value)) return [];
  const on = at.length === 1 ? { on: `ssh:${value}` } : `ssh:${value}`;
  return [{ title: say`Write "ssh:${value}"`, edits: [{ at, value: on }] }];
}

function renamed(key: string, value: unknown, place: unknown): readonly Remedy[] {
  const removed = { at: [placeAttribute, key] };
  const meant = known.find((one) => distance(one, key.toLowerCase()) <= 1 || key.toLowerCase().endsWith(one));
  const free = meant !== undefined && !Object.hasOwn(place as object, meant);
  return [
    ...(free
      ? [{ title: say`Call it "${meant}"`, edits: [removed, { at: [placeAttribute, meant], value }] }]
      : []),
    { title: say`Remove "${key}"`, edits: [removed] },
  ];
}
