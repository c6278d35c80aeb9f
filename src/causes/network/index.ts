import type { Cause } from "../../core/cause.ts";
import { headlessNotReadyYet } from "./headlessNotReadyYet.ts";
import { loopbackFiltered } from "./loopbackFiltered.ts";
import { portforwardIdleDrop } from "./portforwardIdleDrop.ts";
import { portforwardWrongAddress } from "./portforwardWrongAddress.ts";
import { sameUserCheck } from "./sameUserCheck.ts";
import { singleClientUsedUp } from "./singleClientUsedUp.ts";
import { sshdForwardingOff } from "./sshdForwardingOff.ts";
import { sshIdleDrop } from "./sshIdleDrop.ts";
import { staleDebuggeeHoldsPort } from "./staleDebuggeeHoldsPort.ts";
import { twoClientsFight } from "./twoClientsFight.ts";
import { wsl2MirroredLoopback } from "./wsl2MirroredLoopback.ts";

export const networkCauses: readonly Cause[] = [
  headlessNotReadyYet,
  loopbackFiltered,
  portforwardIdleDrop,
  portforwardWrongAddress,
  sameUserCheck,
  singleClientUsedUp,
  sshIdleDrop,
  sshdForwardingOff,
  staleDebuggeeHoldsPort,
  twoClientsFight,
  wsl2MirroredLoopback,
];
