import type { Rule } from "../../core/rule.ts";
import { duplicateName } from "./duplicateName.ts";

/** What the configurations and compounds of one file have to do with each other. */
export const names: readonly Rule[] = [duplicateName];
