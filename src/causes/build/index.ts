import type { Cause } from "../../core/cause.ts";
import { buildError } from "./buildError.ts";
import { buildflagsQuoting } from "./buildflagsQuoting.ts";
import { buildInputsChanged } from "./buildInputsChanged.ts";
import { cgoNoCCompiler } from "./cgoNoCCompiler.ts";
import { cgoO0Fortify } from "./cgoO0Fortify.ts";
import { execFormatPrebuilt } from "./execFormatPrebuilt.ts";
import { firstDebugBuildSlow } from "./firstDebugBuildSlow.ts";
import { goLockHeld } from "./goLockHeld.ts";
import { goosGoarchLeak } from "./goosGoarchLeak.ts";
import { missingElfInterpreter } from "./missingElfInterpreter.ts";
import { moduleDownloadBlocked } from "./moduleDownloadBlocked.ts";
import { noDebugInfo } from "./noDebugInfo.ts";
import { noHomeNoGocache } from "./noHomeNoGocache.ts";
import { notExecutableNonmain } from "./notExecutableNonmain.ts";
import { privateModuleAuthHang } from "./privateModuleAuthHang.ts";
import { slowGitStatus } from "./slowGitStatus.ts";
import { stopIgnoredWhileBuilding } from "./stopIgnoredWhileBuilding.ts";
import { vcsDubiousOwnership } from "./vcsDubiousOwnership.ts";
import { vendoringInconsistent } from "./vendoringInconsistent.ts";
import { wrongModuleDir } from "./wrongModuleDir.ts";

export const buildCauses: readonly Cause[] = [
  buildError,
  buildflagsQuoting,
  buildInputsChanged,
  cgoNoCCompiler,
  cgoO0Fortify,
  execFormatPrebuilt,
  firstDebugBuildSlow,
  goLockHeld,
  goosGoarchLeak,
  missingElfInterpreter,
  moduleDownloadBlocked,
  noDebugInfo,
  noHomeNoGocache,
  notExecutableNonmain,
  privateModuleAuthHang,
  slowGitStatus,
  stopIgnoredWhileBuilding,
  vcsDubiousOwnership,
  vendoringInconsistent,
  wrongModuleDir,
];
