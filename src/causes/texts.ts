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
export { noDebuggerFound, sessionInProgress } from "./texts/session.ts";
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

/** go that cannot put the program where it is to go: Go 1.19 to 1.26. */
export const outputRefused =
  /(?:open|create) \S*__debug\S*: (?:permission denied|read-only file system)|(?:copying|go build: open|-o) .*(?:permission denied|read-only file system)/;

/** go without a build cache: Go 1.12 to 1.26. */
export const cacheRefused =
  /build cache is (?:required, but could not be located(?!: GOCACHE is not an absolute)|disabled by GOCACHE=off)|failed to initialize build cache at /;

/** A file that the filesystem gives no lock of (ENOLCK, ENOSYS, ENOTSUP): Go 1.12 to 1.26, cmd/go/internal/lockedfile. */
export const lockRefused =
  /\bR?Lock (\/[^\n]+?): (?:no locks available|function not implemented|operation not supported)/;

/** Apple's debugserver that ended before it talked to dlv, and its own reason: Delve 1.2 to 1.27, debugserver of LLDB 1200 to 1500. */
export const stubExited =
  /stub exited while (?:waiting for connection|attempting to connect)|failed to get the task for process \d+/;

/** dlv that runs as an Intel program on Apple silicon: Delve 1.7 to 1.27. */
export const underRosetta =
  /can not run under Rosetta, check that the (?:installed build of Go|terminal\/shell in use) is right/;

/** Debug information that Delve cannot read; the second also of a binary that was stripped: Delve 1.22 to 1.24. */
export const dwarfStrings =
  /decoding dwarf section info at offset 0x[0-9a-f]+: DW_FORM_strx with no \.debug_str_offsets section/;
export const dwarfTooShort = /decoding dwarf section info at offset 0x0: too short/;

/** Apple's wrappers around clang, and dlv's own words where debugserver is missing: Xcode 7 to 16, Delve 1.20 to 1.27. */
export const xcodeRefuses =
  /You have not agreed to the Xcode|Agreeing to the Xcode\/iOS license requires|xcrun: error: (.+)|no developer tools were found|debugserver or lldb-server not found/;

/** CreateProcess refused on Windows, as Go prints it: ERROR_VIRUS_INFECTED, ERROR_ACCESS_DENIED and ERROR_CANT_ACCESS_FILE. */
export const virusFound =
  /fork\/exec (.+?): Operation did not complete successfully because the file contains a virus/;
export const processRefused =
  /fork\/exec (.+?): (Access is denied|The file cannot be accessed by the system)/;

/** The same by AppLocker or a software restriction (ERROR_ACCESS_DISABLED_BY_POLICY), and by Application Control. */
export const policyBlocks =
  /(?:fork\/exec (.+?): )?(This program is blocked by group policy|An Application Control policy has blocked this file)/;

/** The program that dlv built and may not remove on Windows: Delve 1.5 to 1.26. */
export const binaryHeld =
  /could not remove (.+?): remove .+: (Access is denied|The process cannot access the file because it is being used by another process)/;

/** A C compiler that is not on PATH, in the words of cgo and of os/exec: Go 1.16 to 1.26. */
export const compilerMissing =
  /C compiler "[^"]*" not found|^(?:cgo: )?exec: "[^"]*(?:gcc|clang|cc)[^"]*": executable file not found/m;

/** A package of which no file is left: Go 1.16 to 1.26. */
export const constraintsExclude = /build constraints exclude all Go files in/;

/** glibc's features.h, where -Werror makes an error of its warning. */
export const fortifyRefused = /_FORTIFY_SOURCE requires compiling with optimization/;

/** A vendor directory that go.mod or go.work has left behind (Go 1.14 to 1.26), and one that lacks an imported package. */
export const vendorStale = /inconsistent vendoring in /;
export const vendorLacks = /import lookup disabled by -mod=vendor/;

/** go that does not take its command line: Go 1.19 to 1.26. */
export const flagRefused =
  /^(?:flag provided but not defined: |invalid (?:boolean )?value ".*" for (?:flag )?-|flag needs an argument: |malformed import path "|package \S+ is not in (?:GOROOT|std)|no required module provides package \S+;|cannot find package ")/;

/** What go may not make in its module cache, with the path: Go 1.13 to 1.26. */
export const notPermittedPath = /(?:mkdir|open|rename|lstat|chmod|unlinkat) (\/[^\n:]+): permission denied/;

/** The compiler of one Go run by the go of another: Go 1.9 to 1.26. */
export const versionsDiffer = /compile: version "\S+" does not match go tool version "\S+"/;
export const rootMissing = /cannot find GOROOT directory/;

/** Version managers that have no Go to run: golang.org/dl, asdf 0.8 to 0.16, goenv 2, mise. */
export const shimRefused =
  /: not downloaded\. Run '|[Nn]o (?:preset )?version (?:is set|installed) for command go|^goenv: |mise ERROR|unknown command: go\. Perhaps you have to reshim/m;

/** go that refuses its own environment: Go 1.19 to 1.26. */
export const envRefused =
  /parsing \$GOFLAGS: |\(from \$GOFLAGS\)|GOPATH entry |GOMODCACHE entry is relative|GOCACHE is not an absolute path|creating work dir: .*no such file|invalid GOTOOLCHAIN|unknown GOEXPERIMENT|unknown environment setting |invalid GOWORK: /;

/** go about a package that is there to stop a build of Delve for another processor or system: Delve 1.5 to 1.27. */
export const platformRefused =
  /your_\w*(?:operating_system|architecture)\w*_is_not_supported_by_delve|can_not_build_on_\w+_with_cgo_disabled/;
