import { say } from "./say.ts";

/** Several in one, as in "a and b and c"; "" of none. */
export function allOf(names: readonly string[]): string {
  const [first = "", ...others] = names;
  return others.reduce((all, one) => say`${all} and ${one}`, first);
}

/** One of several, as in "a or b or c"; "" of none. */
export function anyOf(names: readonly string[]): string {
  const [first = "", ...others] = names;
  return others.reduce((all, one) => say`${all} or ${one}`, first);
}

/** A name in quotes, such as an attribute's or a task's. */
export function quoted(name: string): string {
  return `"${name}"`;
}
