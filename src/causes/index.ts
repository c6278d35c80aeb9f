import type { Cause } from "../core/cause.ts";
import { buildCauses } from "./build/index.ts";
import { noDebugInfo } from "./build/noDebugInfo.ts";
import { configCauses } from "./config/index.ts";
import { containerCauses } from "./container/index.ts";
import { diskCauses } from "./disk/index.ts";
import { editorCauses } from "./editor/index.ts";
import { kernelCauses } from "./kernel/index.ts";
import { limitsCauses } from "./limits/index.ts";
import { macosCauses } from "./macos/index.ts";
import { networkCauses } from "./network/index.ts";
import { pathsCauses } from "./paths/index.ts";
import { programCauses } from "./program/index.ts";
import { toolchainCauses } from "./toolchain/index.ts";
import { windowsCauses } from "./windows/index.ts";

/** Every cause, by hand, grouped by where it lies; a test compares the lists with the folders. */
export const causeGroups = {
  "go and dlv themselves": toolchainCauses,
  "the build": buildCauses,
  "launch.json": configCauses,
  "what the editor does before dlv": editorCauses,
  "the debugged program": programCauses,
  "paths and breakpoints": pathsCauses,
  "the kernel": kernelCauses,
  containers: containerCauses,
  disks: diskCauses,
  "memory, processes and CPU": limitsCauses,
  "the network, servers and SSH": networkCauses,
  macOS: macosCauses,
  "Windows and WSL": windowsCauses,
} as const satisfies Readonly<Record<string, readonly Cause[]>>;

export const causes: readonly Cause[] = Object.values(causeGroups).flat();

/** Those that keep a launch from dlv. */
export { editorCauses };

/** Those that leave a breakpoint hollow while the launch itself goes well. */
export const hollowCauses: readonly Cause[] = [noDebugInfo, ...pathsCauses];
