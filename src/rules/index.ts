import type { Rule } from "../core/rule.ts";
import { attributes } from "./attributes/index.ts";
import { containers } from "./containers/index.ts";
import { contradictions } from "./contradictions/index.ts";
import { names } from "./names/index.ts";
import { paths } from "./paths/index.ts";
import { settings } from "./settings/index.ts";

/** Every rule by what it is about. The folder of a group is called like it. */
export const ruleGroups: Readonly<Record<string, readonly Rule[]>> = {
  attributes,
  containers,
  contradictions,
  names,
  paths,
  settings,
};

/** Every rule. */
export const rules: readonly Rule[] = Object.values(ruleGroups).flat();
