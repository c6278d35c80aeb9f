import type { Rule } from "../core/rule.ts";
import { attributes } from "./attributes/index.ts";
import { names } from "./names/index.ts";

/** Every rule by what it is about. The folder of a group is called like it. */
export const ruleGroups: Readonly<Record<string, readonly Rule[]>> = { attributes, names };

/** Every rule. */
export const rules: readonly Rule[] = Object.values(ruleGroups).flat();
