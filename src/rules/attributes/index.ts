import type { Rule } from "../../core/rule.ts";
import { attachMode } from "./attachMode.ts";
import { legacyOnly } from "./legacyOnly.ts";
import { missingAttribute } from "./missingAttribute.ts";
import { missingName } from "./missingName.ts";
import { missingRequest } from "./missingRequest.ts";
import { newerThanDelve } from "./newerThanDelve.ts";
import { notForThisMode } from "./notForThisMode.ts";
import { unknownAttribute } from "./unknownAttribute.ts";
import { unknownValue } from "./unknownValue.ts";
import { wrongType } from "./wrongType.ts";

/** What single attributes of a configuration say. */
export const attributes: readonly Rule[] = [
  unknownAttribute,
  wrongType,
  attachMode,
  unknownValue,
  legacyOnly,
  notForThisMode,
  newerThanDelve,
  missingAttribute,
  missingRequest,
  missingName,
];
