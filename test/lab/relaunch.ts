import type { Finding } from "../../src/core/finding.ts";
import type { JsonEdit } from "../../src/core/fix.ts";

/** The finding's preferred fix; throws where a rule offers none or two. */
export function preferredFix(finding: Finding | undefined) {
  const [fix, second] = finding?.fixes.filter((one) => one.preferred) ?? [];
  if (fix === undefined || second !== undefined)
    throw new Error(
      `${finding?.cause ?? "no finding"} has ${fix === undefined ? "no" : "two"} preferred fixes`,
    );
  return fix;
}

/** The configuration after the finding's preferred fix, which must be an edit of launch.json. */
export function fixedConfig(
  config: Readonly<Record<string, unknown>>,
  finding: Finding | undefined,
): Readonly<Record<string, unknown>> {
  const { id, action } = preferredFix(finding);
  if (action.kind !== "launch.json") throw new Error(`${id} is no edit of launch.json`);
  return action.edits.reduce(edited, config);
}

function edited(config: unknown, { at: [key, ...rest], value }: JsonEdit): Readonly<Record<string, unknown>> {
  const old = Object.entries((config ?? {}) as object);
  const inner = old.find(([name]) => name === String(key))?.[1];
  const now =
    rest.length === 0 ? value : edited(inner ?? (typeof rest[0] === "number" ? [] : {}), { at: rest, value });
  const others = old.filter(([name]) => name !== String(key));
  const place = old.findIndex(([name]) => name === String(key));
  if (now !== undefined) others.splice(place < 0 ? old.length : place, 0, [String(key), now]);
  // A list is edited as an object whose names are its indices.
  return Array.isArray(config) ? (others.map(([, one]) => one) as never) : Object.fromEntries(others);
}

/** The configuration as it is where nobody names a debug adapter: golang.go then chooses one. */
export function withoutAdapter(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { debugAdapter: _, ...rest } = config;
  return rest;
}
