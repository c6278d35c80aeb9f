import type { Cause } from "../../core/cause.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";
import { dlvDiesOrMissingAtStart } from "./dlvDiesOrMissingAtStart.ts";
import { dlvInstallOffline } from "./dlvInstallOffline.ts";
import { dlvWrapperDropsFd3OrNoise } from "./dlvWrapperDropsFd3OrNoise.ts";
import { dwarf5DelveBuiltWithOldGo } from "./dwarf5DelveBuiltWithOldGo.ts";
import { freePortRace } from "./freePortRace.ts";
import { goNotOnExtensionHostPath } from "./goNotOnExtensionHostPath.ts";
import { gotoolchainDownload } from "./gotoolchainDownload.ts";
import { noHomeLogBeforeBanner } from "./noHomeLogBeforeBanner.ts";
import { shimOrGvmMismatch } from "./shimOrGvmMismatch.ts";

export const toolchainCauses: readonly Cause[] = [
  delveGoVersionWindow,
  dlvDiesOrMissingAtStart,
  dlvInstallOffline,
  dlvWrapperDropsFd3OrNoise,
  dwarf5DelveBuiltWithOldGo,
  freePortRace,
  goNotOnExtensionHostPath,
  gotoolchainDownload,
  noHomeLogBeforeBanner,
  shimOrGvmMismatch,
];
