/**
 * The door to the patterns that rules look for, by name. They stand in `texts/`, beside the rows they are of. A text alone
 * proves nothing: rules ask a probe as well.
 */
export { alreadyDebugged, attachForbidden, noSuchProcess, notOwner, yamaHint } from "./texts/attaching.ts";
export { delveTooOld, goTooOld, noDwarf } from "./texts/binary.ts";
export {
  diagnostic,
  downloading,
  goLineTooNew,
  goMissing,
  gopathMode,
  lookupDisabled,
  moduleFailed,
  noSpace,
  notInStd,
  outsideModule,
  sourceAnswered,
  toolchainFailed,
  toolKilled,
  vcsStatus,
} from "./texts/build.ts";
export { noDebuggerFound, sessionInProgress } from "./texts/configuration.ts";
export { noAnswer, nothingListens } from "./texts/connection.ts";
export {
  execDenied,
  execFormat,
  noAuxiliaryVector,
  noMoreTasks,
  notExecutable,
  ptraceDenied,
  ptraceMissing,
} from "./texts/launching.ts";
export { backendUnavailable, rrNeedsPerf } from "./texts/postmortem.ts";
export { badFlag, cannotListen, logOutputAlone } from "./texts/start.ts";
export { fileNotFound, inputEnded } from "./texts/stopping.ts";

/** dlv built with a Go before 1.25, and a program with DWARF 5: Delve 1.24.2 and newer. */
export const dwarf5Refused = /To debug executables using DWARFv5 or later Delve must be built with Go/;

/** go that is given a file or a directory with nothing in it to build: Go 1.19 to 1.26. */
export const nothingToBuild =
  /no packages to build|no (?:non-test )?Go files in|does not contain package|named files must (?:be|all be)|no required module provides package \S+\.\w+;/;

/** A name that no file of the build declares: Go 1.19 to 1.26. */
export const undefinedName = /^undefined: (\w+)$/;
