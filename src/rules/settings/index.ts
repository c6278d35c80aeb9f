import type { Rule } from "../../core/rule.ts";
import { delveSettingValue } from "./delveSettingValue.ts";
import { legacyDelveSetting } from "./legacyDelveSetting.ts";
import { misspeltSetting } from "./misspeltSetting.ts";
import { toolsEnvValue } from "./toolsEnvValue.ts";
import { unknownDelveSetting } from "./unknownDelveSetting.ts";
import { unusedTool } from "./unusedTool.ts";

/** What the settings say that every launch gets. */
export const settings: readonly Rule[] = [
  unknownDelveSetting,
  delveSettingValue,
  legacyDelveSetting,
  toolsEnvValue,
  misspeltSetting,
  unusedTool,
];
