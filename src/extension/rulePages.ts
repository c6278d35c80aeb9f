import { flaws } from "../language/flaws.ts";
import { rulePage } from "../report/rulePage.ts";
import { rules } from "../rules/index.ts";

/** The page about a rule; undefined where there is no such rule. */
export function pageOf(code: string): string | undefined {
  const found = [...flaws, ...rules].find((rule) => rule.code === code);
  return found && rulePage(found, "alone");
}
