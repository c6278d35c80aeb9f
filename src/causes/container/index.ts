import type { Cause } from "../../core/cause.ts";
import { composeIgnoresRunargs } from "./composeIgnoresRunargs.ts";
import { containerPtraceEperm } from "./containerPtraceEperm.ts";
import { dlvAsPid1 } from "./dlvAsPid1.ts";
import { gvisorSystrap } from "./gvisorSystrap.ts";
import { headlessWaitsForClient } from "./headlessWaitsForClient.ts";
import { k8sProbesKill } from "./k8sProbesKill.ts";
import { noNewPrivsSudo } from "./noNewPrivsSudo.ts";
import { qemuUserNoPtrace } from "./qemuUserNoPtrace.ts";
import { usernsMismatch } from "./usernsMismatch.ts";

export const containerCauses: readonly Cause[] = [
  composeIgnoresRunargs,
  containerPtraceEperm,
  dlvAsPid1,
  gvisorSystrap,
  headlessWaitsForClient,
  k8sProbesKill,
  noNewPrivsSudo,
  qemuUserNoPtrace,
  usernsMismatch,
];
