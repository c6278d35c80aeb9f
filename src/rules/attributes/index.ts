import type { Rule } from "../../core/rule.ts";
import { attachMode } from "./attachMode.ts";

/** What single attributes of a configuration say. */
export const attributes: readonly Rule[] = [attachMode];
