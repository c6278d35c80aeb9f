/**
 * The door to the patterns that rules look for, by name. They stand in `texts/`, beside the rows they are of. A text alone
 * proves nothing: rules ask a probe as well.
 */
export { alreadyDebugged, attachForbidden, noSuchProcess, notOwner, yamaHint } from "./texts/attaching.ts";
export {
  delveTooOld,
  dwarf5Refused,
  dwarfStrings,
  dwarfTooShort,
  goTooOld,
  noDwarf,
} from "./texts/binary.ts";
export {
  compilerMissing,
  constraintsExclude,
  diagnostic,
  goMissing,
  gopathMode,
  noSpace,
  nothingToBuild,
  notInStd,
  outputRefused,
  outsideModule,
  toolKilled,
  undefinedName,
  vcsStatus,
} from "./texts/build.ts";
export { noAnswer, nothingListens } from "./texts/connection.ts";
export {
  cacheRefused,
  envRefused,
  flagRefused,
  fortifyRefused,
  lockRefused,
  notPermittedPath,
  platformRefused,
  rootMissing,
  shimRefused,
  versionsDiffer,
} from "./texts/goItself.ts";
export { connectTimedOut } from "./texts/golang.ts";
export {
  execDenied,
  execFormat,
  execMissing,
  noAuxiliaryVector,
  noMoreTasks,
  noTestBinary,
  notExecutable,
  ptraceDenied,
  ptraceMissing,
} from "./texts/launching.ts";
export {
  downloading,
  goLineTooNew,
  lookupDisabled,
  moduleFailed,
  sourceAnswered,
  toolchainFailed,
  vendorLacks,
  vendorStale,
} from "./texts/modules.ts";
export { backendUnavailable, rrNeedsPerf } from "./texts/postmortem.ts";
export { noDebuggerFound, sessionInProgress } from "./texts/session.ts";
export { badFlag, cannotListen, configUnwritable, logOutputAlone } from "./texts/start.ts";
export { fileNotFound, inputEnded, testBegun } from "./texts/stopping.ts";
export {
  binaryHeld,
  policyBlocks,
  processRefused,
  stubExited,
  underRosetta,
  virusFound,
  xcodeRefuses,
} from "./texts/systems.ts";
