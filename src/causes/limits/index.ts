import type { Cause } from "../../core/cause.ts";
import { cpuThrottled } from "./cpuThrottled.ts";
import { debuginfodWait } from "./debuginfodWait.ts";
import { goTelemetryOrGoplsLoad } from "./goTelemetryOrGoplsLoad.ts";
import { hugeBinarySymbols } from "./hugeBinarySymbols.ts";
import { oomKill } from "./oomKill.ts";
import { pidsOrNprocLimit } from "./pidsOrNprocLimit.ts";
import { stoppedProcess } from "./stoppedProcess.ts";
import { systemdOomd } from "./systemdOomd.ts";

/** Memory, CPU, tasks, and what else a machine or a container lets a launch have. */
export const limitsCauses: readonly Cause[] = [
  cpuThrottled,
  debuginfodWait,
  goTelemetryOrGoplsLoad,
  hugeBinarySymbols,
  oomKill,
  pidsOrNprocLimit,
  stoppedProcess,
  systemdOomd,
];
