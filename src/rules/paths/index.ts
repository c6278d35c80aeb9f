import type { Rule } from "../../core/rule.ts";
import { backgroundWithoutPattern } from "./backgroundWithoutPattern.ts";
import { cwdMissing } from "./cwdMissing.ts";
import { envFileMissing } from "./envFileMissing.ts";
import { malformedPlace } from "./malformedPlace.ts";
import { noGoFiles } from "./noGoFiles.ts";
import { oldVariable } from "./oldVariable.ts";
import { outputUnusable } from "./outputUnusable.ts";
import { programMissing } from "./programMissing.ts";
import { programNotExecutable } from "./programNotExecutable.ts";
import { programNotGo } from "./programNotGo.ts";
import { recordMissing } from "./recordMissing.ts";
import { substituteFromMissing } from "./substituteFromMissing.ts";
import { taskNeverReady } from "./taskNeverReady.ts";
import { tildePath } from "./tildePath.ts";
import { toolMissing } from "./toolMissing.ts";
import { unknownHost } from "./unknownHost.ts";
import { unknownTask } from "./unknownTask.ts";
import { unknownVariable } from "./unknownVariable.ts";

/** What configurations name besides themselves: files, tasks, hosts and variables. */
export const paths: readonly Rule[] = [
  programMissing,
  noGoFiles,
  programNotGo,
  programNotExecutable,
  cwdMissing,
  envFileMissing,
  outputUnusable,
  recordMissing,
  toolMissing,
  substituteFromMissing,
  tildePath,
  unknownTask,
  taskNeverReady,
  backgroundWithoutPattern,
  malformedPlace,
  unknownHost,
  unknownVariable,
  oldVariable,
];
