/**
 * Every text of Delve, go and the kernel that a rule matches, with the versions it was seen in. A text alone proves
 * nothing: rules ask a probe as well.
 */

/** errno ENOSPC and EDQUOT as go prints them: Go 1.19 to 1.26. */
export const noSpace = /no space left on device|disk quota exceeded/;

/** What go says of a package it cannot read, and of one whose cache entry it cannot write: Go 1.19 ("GOROOT"), 1.21 ("std"). */
export const notInStd = /package (\S+) is not in (?:GOROOT|std)/;

/** EACCES of execve(2): Delve 1.20 to 1.27. */
export const execDenied = /fork\/exec .*: permission denied/;

/** Delve's answer where the execute bit is no use, a noexec mount included: Delve 1.21 and newer, built with Go 1.20 or newer. */
export const notExecutable = /not an executable file/;

/** EPERM of PTRACE_TRACEME, PTRACE_ATTACH or PTRACE_SEIZE: Delve 1.20 to 1.27. */
export const ptraceDenied =
  /fork\/exec .*: operation not permitted|ould not attach to pid \d+: operation not permitted/;

/** EACCES of PTRACE_ATTACH or PTRACE_SEIZE, which only a security module answers: Delve 1.20 to 1.27. */
export const attachForbidden = /ould not attach to pid \d+: permission denied/;

/** ENOSYS of the same calls: a filter that answers it, or an emulated CPU. */
export const ptraceMissing = /(?:fork\/exec .*|attach to pid \d+): function not implemented/;

/** Delve says this of any EPERM in an attach while the file does not read 0: Delve 1.20 to 1.27. */
export const yamaHint = /try writing "0" to \/proc\/sys\/kernel\/yama\/ptrace_scope/;

/** A program without debug information: the error of Delve up to 1.20, the warning of 1.21 and newer, the breakpoint of 1.24.1. */
export const noDwarf =
  /could not open debug info|Warning: no debug info found|could not read debug info|binary is stripped/;

/** Delve's version check, said after the whole build: Delve 1.20 to 1.27. */
export const delveTooOld = /Version of Delve is too old for Go version (\S+)/;
export const goTooOld = /Go version (\S+) is too old for this version of Delve/;

/** A launch or a local attach that reached a server which debugs already: Delve 1.20 to 1.27. */
export const sessionInProgress = /debug session already in progress/;

/** A remote attach that reached `dlv dap`: Delve 1.20 to 1.27. */
export const noDebuggerFound = /no debugger found/;

/** dlv that has no go to run: Delve 1.20 to 1.27. */
export const goMissing = /exec: "go": executable file not found in \$PATH/;

/** go hides git's own words behind its exit code: Go 1.18 to 1.26. */
export const vcsStatus = /error obtaining VCS status: /;

/** go outside a module, a workspace or the module that the program is in: Go 1.16 to 1.26. */
export const outsideModule =
  /go\.mod file not found|cannot find main module|outside (?:main module|available modules|modules listed in go\.work)|not one of the workspace modules listed in go\.work|reading go\.work: /;

/** A module's package looked for under GOPATH: Go 1.16 to 1.26 with GO111MODULE=off. */
export const gopathMode = /cannot find package ".*" in any of:|cannot import absolute path/;

/** A go line newer than the Go that may be used: Go 1.21 to 1.26. */
export const goLineTooNew = /go\.(?:mod|work) requires go >= (\S+) \(running go (\S+?);/;

/** A toolchain that could not be fetched, and why: Go 1.21 to 1.26. */
export const toolchainFailed = /download go(\S+?)(?: for \S+?)?: (.+)/;

/** A module that could not be fetched, and why, in the words of go's HTTP client or of the proxy: Go 1.19 to 1.26. */
export const moduleFailed =
  /([\w.~!/-]+@v[^\s:]+): ((?:Get "|reading |dial |git |unrecognized |module lookup disabled|invalid version|verifying module: .*dial).*)/;
/** Of those, an answer that another proxy would not better: a status, git's own refusal, a bad version. */
export const sourceAnswered = /: [45]\d\d [A-Z]|invalid version|(?:^|: )git /;
export const downloading = /^go: downloading (\S+) (v\S+)$/gm;
export const lookupDisabled = /module lookup disabled by GOPROXY=off/;

/** A complaint of the compiler, of vet or of go's own parser, with its position: Go 1.19 to 1.26. */
export const diagnostic = /^(?:vet: )?(\S+\.go):(\d+):(?:(\d+):)? (.+)$/;

/** dlv's flag parser (cobra), which prints its usage and exits 0: Delve 1.20 to 1.27. */
export const badFlag =
  /^Error: (?:unknown flag: |unknown shorthand flag: '.' in |flag needs an argument: |invalid argument ".*" for ")(?:'.' in )?(-[^\s":]+)/m;

/** Delve refuses --log-output without --log: Delve 1.20 to 1.27. */
export const logOutputAlone = /--log-output specified without --log/;

/** dlv that cannot listen at the address it is given: Delve 1.20 to 1.27. */
export const cannotListen = /couldn't start listener: listen tcp (\S+?): (.+)/;

/** A connection that was refused: this project's proxy, golang.go's socket (Node) and Delve's own client. */
export const nothingListens =
  /no connection to Delve at \S+: nothing listens there|ECONNREFUSED|connection refused/;

/** A breakpoint in a file that the program does not know under this path: Delve 1.20 to 1.27. A stripped one says more. */
export const fileNotFound = /^could not find file (?!.*, binary is stripped$)/;

/** A connection of which nothing was heard any more: OpenSSH 9.2's keep-alive and the kernel's ETIMEDOUT. */
export const noAnswer = /Timeout, server \S+ not responding|Connection timed out|ETIMEDOUT/;

/** ENOEXEC of execve(2): Delve 1.20 to 1.27. */
export const execFormat = /exec format error/;

/** A tool of a build that SIGKILL ended, with its name where go tells it: Go 1.16 to 1.26. */
export const toolKilled = /(?:([\w+-]+): )?signal: killed/;

/** EAGAIN of clone(2) and fork(2), in the words of Go's runtime, of go and of libc: Go 1.16 to 1.26. */
export const noMoreTasks =
  /resource temporarily unavailable|failed to create new OS thread|pthread_create failed|newosproc/;

/** An attach to a process that has a tracer: Delve 1.26.1 to 1.27. Older ones say what they say of any EPERM. */
export const alreadyDebugged = /ould not attach to pid \d+: already being debugged by pid \d+/;

/** Delve's word where EPERM came and /proc/PID is not its user's, so of a process that is not dumpable too: Delve 1.20 to 1.27. */
export const notOwner = /ould not attach to pid \d+: current user does not own the process/;

/** ESRCH of PTRACE_ATTACH or PTRACE_SEIZE: Delve 1.20 to 1.27. */
export const noSuchProcess = /ould not attach to pid \d+: no such process/;

/** A program that runs, and that /proc does not show: Delve 1.20 to 1.27. */
export const noAuxiliaryVector = /could not read auxiliary vector/;

/** Delve without rr on its PATH (backend rr, mode replay): Delve 1.20 to 1.27. */
export const backendUnavailable = /backend unavailable/;

/** Delve's own check before it starts rr: Delve 1.20 to 1.27. */
export const rrNeedsPerf = /rr needs \/proc\/sys\/kernel\/perf_event_paranoid <= 1, but it is (-?\d+)/;

/** What a Go program says of standard input that has nothing more: io.EOF, bufio and fmt.Scanln's own words, Go 1.19 to 1.26. */
export const inputEnded = /unexpected newline|unexpected EOF|\bEOF\b/;
