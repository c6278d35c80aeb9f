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

function edited(
  config: Readonly<Record<string, unknown>>,
  { at, value }: JsonEdit,
): Readonly<Record<string, unknown>> {
  const [key, ...rest] = at;
  const { [String(key)]: old, ...others } = config;
  if (rest.length > 0) {
    const inner = typeof old === "object" && old !== null ? (old as Readonly<Record<string, unknown>>) : {};
    const next: JsonEdit = value === undefined ? { at: rest } : { at: rest, value };
    return { ...others, [String(key)]: edited(inner, next) };
  }
  return value === undefined ? others : { ...others, [String(key)]: value };
}
