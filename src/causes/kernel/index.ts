import type { Cause } from "../../core/cause.ts";
import { alreadyTraced } from "./alreadyTraced.ts";
import { apparmorPtrace } from "./apparmorPtrace.ts";
import { otherUserTarget } from "./otherUserTarget.ts";
import { pidNamespace } from "./pidNamespace.ts";
import { rrBackendPerf } from "./rrBackendPerf.ts";
import { selinuxPtrace } from "./selinuxPtrace.ts";
import { setcapOrSetuidTarget } from "./setcapOrSetuidTarget.ts";
import { yamaScope1Attach } from "./yamaScope1Attach.ts";
import { yamaScope23 } from "./yamaScope23.ts";
import { zombieOrGoneTarget } from "./zombieOrGoneTarget.ts";

export const kernelCauses: readonly Cause[] = [
  alreadyTraced,
  apparmorPtrace,
  otherUserTarget,
  pidNamespace,
  rrBackendPerf,
  selinuxPtrace,
  setcapOrSetuidTarget,
  yamaScope1Attach,
  yamaScope23,
  zombieOrGoneTarget,
];
