import type { Rule } from "../../core/rule.ts";
import { asRootWithoutTerminal } from "./asRootWithoutTerminal.ts";
import { cgoFlags } from "./cgoFlags.ts";
import { dlvFlagRefused } from "./dlvFlagRefused.ts";
import { envName } from "./envName.ts";
import { flagWithoutProgram } from "./flagWithoutProgram.ts";
import { foreignBuild } from "./foreignBuild.ts";
import { godebugMmap } from "./godebugMmap.ts";
import { hostWithoutPort } from "./hostWithoutPort.ts";
import { idleDlvFlags } from "./idleDlvFlags.ts";
import { logWithoutLog } from "./logWithoutLog.ts";
import { noDebugStop } from "./noDebugStop.ts";
import { oneFileTest } from "./oneFileTest.ts";
import { outputTwice } from "./outputTwice.ts";
import { ownGcflags } from "./ownGcflags.ts";
import { portInLaunch } from "./portInLaunch.ts";
import { processAndWaitFor } from "./processAndWaitFor.ts";
import { programAndMode } from "./programAndMode.ts";
import { raceWithoutCgo } from "./raceWithoutCgo.ts";
import { rebuildAll } from "./rebuildAll.ts";
import { strippedBuild } from "./strippedBuild.ts";
import { substituteFrom } from "./substituteFrom.ts";
import { terminalElsewhere } from "./terminalElsewhere.ts";
import { testArguments } from "./testArguments.ts";
import { testFlagInBuild } from "./testFlagInBuild.ts";
import { tornBuildFlags } from "./tornBuildFlags.ts";
import { tornGoflags } from "./tornGoflags.ts";
import { trimmedBuild } from "./trimmedBuild.ts";

/** What several attributes of a configuration, and the flags in it, say against each other. */
export const contradictions: readonly Rule[] = [
  portInLaunch,
  hostWithoutPort,
  asRootWithoutTerminal,
  terminalElsewhere,
  processAndWaitFor,
  strippedBuild,
  trimmedBuild,
  ownGcflags,
  flagWithoutProgram,
  testFlagInBuild,
  tornBuildFlags,
  tornGoflags,
  cgoFlags,
  godebugMmap,
  idleDlvFlags,
  dlvFlagRefused,
  logWithoutLog,
  envName,
  foreignBuild,
  noDebugStop,
  programAndMode,
  oneFileTest,
  substituteFrom,
  outputTwice,
  raceWithoutCgo,
  testArguments,
  rebuildAll,
];
