import type { Cause } from "../core/cause.ts";
import { apparmorPtrace } from "./apparmorPtrace.ts";
import { bazelPaths } from "./bazelPaths.ts";
import { buildError } from "./buildError.ts";
import { containerPtraceEperm } from "./containerPtraceEperm.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";
import { diskFull } from "./diskFull.ts";
import { dlvAsPid1 } from "./dlvAsPid1.ts";
import { dlvDiesOrMissingAtStart } from "./dlvDiesOrMissingAtStart.ts";
import { firstDebugBuildSlow } from "./firstDebugBuildSlow.ts";
import { goNotOnExtensionHostPath } from "./goNotOnExtensionHostPath.ts";
import { gotoolchainDownload } from "./gotoolchainDownload.ts";
import { headlessNotReadyYet } from "./headlessNotReadyYet.ts";
import { k8sProbesKill } from "./k8sProbesKill.ts";
import { moduleDownloadBlocked } from "./moduleDownloadBlocked.ts";
import { noDebugInfo } from "./noDebugInfo.ts";
import { noexecMount } from "./noexecMount.ts";
import { pathCaseOrDriveLetter } from "./pathCaseOrDriveLetter.ts";
import { portforwardIdleDrop } from "./portforwardIdleDrop.ts";
import { portforwardWrongAddress } from "./portforwardWrongAddress.ts";
import { qemuUserNoPtrace } from "./qemuUserNoPtrace.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";
import { sameUserCheck } from "./sameUserCheck.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";
import { singleClientUsedUp } from "./singleClientUsedUp.ts";
import { sshdForwardingOff } from "./sshdForwardingOff.ts";
import { sshIdleDrop } from "./sshIdleDrop.ts";
import { staleDebuggeeHoldsPort } from "./staleDebuggeeHoldsPort.ts";
import { substitutePathMissing } from "./substitutePathMissing.ts";
import { symlinkedWorkspace } from "./symlinkedWorkspace.ts";
import { trimpath } from "./trimpath.ts";
import { twoClientsFight } from "./twoClientsFight.ts";
import { usernsMismatch } from "./usernsMismatch.ts";
import { vcsDubiousOwnership } from "./vcsDubiousOwnership.ts";
import { wrongModuleDir } from "./wrongModuleDir.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";
import { yamaScope1Attach } from "./yamaScope1Attach.ts";
import { yamaScope23 } from "./yamaScope23.ts";

/** Every cause, by hand; a test compares this list with the folder. */
export const causes: readonly Cause[] = [
  apparmorPtrace,
  bazelPaths,
  buildError,
  containerPtraceEperm,
  delveGoVersionWindow,
  diskFull,
  dlvAsPid1,
  dlvDiesOrMissingAtStart,
  firstDebugBuildSlow,
  goNotOnExtensionHostPath,
  gotoolchainDownload,
  headlessNotReadyYet,
  k8sProbesKill,
  moduleDownloadBlocked,
  noDebugInfo,
  noexecMount,
  pathCaseOrDriveLetter,
  portforwardIdleDrop,
  portforwardWrongAddress,
  qemuUserNoPtrace,
  remoteAttachVsDapServer,
  remoteHelperGoList,
  sameUserCheck,
  silentLegacyAdapter,
  singleClientUsedUp,
  sshdForwardingOff,
  sshIdleDrop,
  staleDebuggeeHoldsPort,
  substitutePathMissing,
  symlinkedWorkspace,
  trimpath,
  twoClientsFight,
  usernsMismatch,
  vcsDubiousOwnership,
  wrongModuleDir,
  wrongPopularSettings,
  yamaScope1Attach,
  yamaScope23,
];

/** Those that leave a breakpoint hollow while the launch itself goes well. */
export const hollowCauses: readonly Cause[] = [
  bazelPaths,
  noDebugInfo,
  pathCaseOrDriveLetter,
  substitutePathMissing,
  symlinkedWorkspace,
  trimpath,
];
