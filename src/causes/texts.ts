/**
 * The door to the patterns that rules look for, by name. They stand in `texts/`, beside the rows they are of. A text alone
 * proves nothing: rules ask a probe as well.
 */
export { alreadyDebugged, attachForbidden, noSuchProcess, notOwner, yamaHint } from "./texts/attaching.ts";
export { delveTooOld, dwarf5Refused, goTooOld, noDwarf } from "./texts/binary.ts";
export {
  diagnostic,
  goMissing,
  gopathMode,
  noSpace,
  nothingToBuild,
  notInStd,
  outsideModule,
  toolKilled,
  undefinedName,
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
export {
  downloading,
  goLineTooNew,
  lookupDisabled,
  moduleFailed,
  sourceAnswered,
  toolchainFailed,
} from "./texts/modules.ts";
export { backendUnavailable, rrNeedsPerf } from "./texts/postmortem.ts";
export { badFlag, cannotListen, logOutputAlone } from "./texts/start.ts";
export { fileNotFound, inputEnded } from "./texts/stopping.ts";

/** golang.go's own limit of one second for its connection to dlv, whatever it failed at. */
export const connectTimedOut = /Couldn't start dlv dap:\s+(?:Error: )?connection timeout/;

/** dlv that cannot write its configuration logs so before it says that it listens: Delve 1.20 to 1.22, newer with --log. */
export const configUnwritable =
  /could not create config directory: .*|error creating default config file: .*|unable to (?:get|move|remove|read) .*config.*/;

/** ENOENT of execve(2), or of the chdir(2) before it: Delve 1.20 to 1.27. */
export const execMissing = /fork\/exec (.*): no such file or directory/;

/** What a test binary with -test.v prints as a test begins: Go 1.19 to 1.26. */
export const testBegun = /^=== RUN /m;
