import type { Cause } from "../../core/cause.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";
import { dlvDiesOrMissingAtStart } from "./dlvDiesOrMissingAtStart.ts";
import { dwarf5DelveBuiltWithOldGo } from "./dwarf5DelveBuiltWithOldGo.ts";
import { goNotOnExtensionHostPath } from "./goNotOnExtensionHostPath.ts";
import { gotoolchainDownload } from "./gotoolchainDownload.ts";

export const toolchainCauses: readonly Cause[] = [
  delveGoVersionWindow,
  dlvDiesOrMissingAtStart,
  dwarf5DelveBuiltWithOldGo,
  goNotOnExtensionHostPath,
  gotoolchainDownload,
];
