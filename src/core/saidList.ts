import { say } from "./say.ts";

/** Names as a sentence lists them: "a and b and c"; empty where there are none. */
export function allOf(names: readonly string[]): string {
  return names.length === 0 ? "" : names.reduce((all, name) => say`${all} and ${name}`);
}
