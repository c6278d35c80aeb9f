import type { Cause } from "../../core/cause.ts";
import { arm64OrM1HangVersion } from "./arm64OrM1HangVersion.ts";
import { bpSetWhileRunningHang } from "./bpSetWhileRunningHang.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";
import { dlvDiesOrMissingAtStart } from "./dlvDiesOrMissingAtStart.ts";
import { dlvInstallOffline } from "./dlvInstallOffline.ts";
import { dlvWrapperDropsFd3OrNoise } from "./dlvWrapperDropsFd3OrNoise.ts";
import { dwarf5DelveBuiltWithOldGo } from "./dwarf5DelveBuiltWithOldGo.ts";
import { freePortRace } from "./freePortRace.ts";
import { goNotOnExtensionHostPath } from "./goNotOnExtensionHostPath.ts";
import { gotoolchainDownload } from "./gotoolchainDownload.ts";
import { muslLoaderBug } from "./muslLoaderBug.ts";
import { noHomeLogBeforeBanner } from "./noHomeLogBeforeBanner.ts";
import { shimOrGvmMismatch } from "./shimOrGvmMismatch.ts";
import { unsupportedPlatform } from "./unsupportedPlatform.ts";

export const toolchainCauses: readonly Cause[] = [
  arm64OrM1HangVersion,
  bpSetWhileRunningHang,
  delveGoVersionWindow,
  dlvDiesOrMissingAtStart,
  dlvInstallOffline,
  dlvWrapperDropsFd3OrNoise,
  dwarf5DelveBuiltWithOldGo,
  freePortRace,
  goNotOnExtensionHostPath,
  gotoolchainDownload,
  muslLoaderBug,
  noHomeLogBeforeBanner,
  shimOrGvmMismatch,
  unsupportedPlatform,
];
