import type { Rule } from "../../core/rule.ts";
import { compoundAttribute } from "./compoundAttribute.ts";
import { compoundNameTaken } from "./compoundNameTaken.ts";
import { compoundTask } from "./compoundTask.ts";
import { compoundWithoutFolder } from "./compoundWithoutFolder.ts";
import { duplicateName } from "./duplicateName.ts";
import { emptyCompound } from "./emptyCompound.ts";
import { inputIncomplete } from "./inputIncomplete.ts";
import { sectionType } from "./sectionType.ts";
import { twiceInCompound } from "./twiceInCompound.ts";
import { unknownInCompound } from "./unknownInCompound.ts";
import { unknownInput } from "./unknownInput.ts";

/** What the configurations, compounds and inputs of one file have to do with each other. */
export const names: readonly Rule[] = [
  duplicateName,
  unknownInCompound,
  emptyCompound,
  compoundNameTaken,
  twiceInCompound,
  compoundWithoutFolder,
  sectionType,
  unknownInput,
  inputIncomplete,
  compoundAttribute,
  compoundTask,
];
