import type { Cause } from "../../core/cause.ts";
import { antivirusBlocksDlv } from "./antivirusBlocksDlv.ts";
import { windowsDebugBinLocked } from "./windowsDebugBinLocked.ts";
import { windowsPolicyBlocksExe } from "./windowsPolicyBlocksExe.ts";
import { wsl1Ptrace } from "./wsl1Ptrace.ts";

export const windowsCauses: readonly Cause[] = [
  antivirusBlocksDlv,
  windowsDebugBinLocked,
  windowsPolicyBlocksExe,
  wsl1Ptrace,
];
