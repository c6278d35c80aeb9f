/** One TCP socket of a process, as /proc/net/tcp shows it (proc_pid_net(5)). Queues are in bytes. */
export interface Socket {
  readonly state: string;
  readonly local: string;
  readonly remote: string;
  /** Bytes sent that the peer has not acknowledged. */
  readonly txQueue: number;
  /** Bytes received that the process has not read. */
  readonly rxQueue: number;
}

/**
 * What one process of dlv's tree looked like at one moment.
 *
 * Times are in ms and bytes are counted since the process started (proc_pid_stat(5), proc_pid_io(5)).
 * `argv` is kept only for Go's, git's and the C compiler's own tools: the arguments of a debugged program
 * may be secret.
 */
export interface ProcessSample {
  readonly pid: number;
  readonly ppid: number;
  /** The program's file name, for example "dlv", "go", "compile", "git". */
  readonly name: string;
  readonly argv: readonly string[];
  /** One letter of proc_pid_stat(5): R, S, D, T, t, Z … */
  readonly state: string;
  readonly cpuMs: number;
  /** Major page faults (proc_pid_stat(5)): what came from a disk through mapped memory or from swap. */
  readonly faults?: number;
  /** rchar + wchar of proc_pid_io(5): what read(2) and write(2) moved, sockets included. */
  readonly ioBytes?: number;
  /** The kernel function it sleeps in (proc_pid_wchan(5)), where readable. */
  readonly wchan?: string;
  /** The thread that traces it, 0 when none. */
  readonly tracer?: number;
  readonly sockets?: readonly Socket[];
}

/** dlv's process tree at one moment, dlv itself first. Empty when dlv is gone. */
export interface Sample {
  readonly processes: readonly ProcessSample[];
}

/** What a process of the tree does for a build; undefined for dlv, the debugged program and strangers. */
export type BuildPart = "list" | "download" | "compile" | "cgo" | "vet" | "link" | "vcs";

const toolParts: Readonly<Record<string, BuildPart>> = {
  compile: "compile",
  asm: "compile",
  link: "link",
  vet: "vet",
  cgo: "cgo",
  gcc: "cgo",
  cc: "cgo",
  cc1: "cgo",
  clang: "cgo",
  "g++": "cgo",
  cc1plus: "cgo",
  as: "cgo",
  collect2: "link",
  ld: "link",
  git: "vcs",
  hg: "vcs",
  svn: "vcs",
  bzr: "vcs",
  fossil: "vcs",
};

/** What git does to bring a module here (cmd/go/internal/modfetch/codehost/git.go), and its own helpers in that. */
const fetching = /fetch|^(?:ls-remote|index-pack|unpack-objects|rev-list|archive|init|remote)$/;

/** Says which part of a build `process` works on: a go tool with an open socket downloads, without one it lists. */
export function buildPart(process: ProcessSample): BuildPart | undefined {
  const part = toolParts[process.name];
  if (part === "vcs" && process.argv.some((word) => fetching.test(word))) return "download";
  if (part !== undefined) return part;
  if (process.name.startsWith("git-remote")) return "download";
  if (process.name !== "go") return undefined;
  return (process.sockets ?? []).some((socket) => socket.state !== "LISTEN") ? "download" : "list";
}

/** The import path that a `compile` process works on (its -p flag), or undefined. */
export function compiledPackage(process: ProcessSample): string | undefined {
  if (process.name !== "compile") return undefined;
  const flag = process.argv.indexOf("-p");
  return flag < 0 ? undefined : process.argv[flag + 1];
}

/** True for the binary that dlv built or runs: traced by one of dlv's threads. */
export function isDebuggee(process: ProcessSample): boolean {
  return process.name.startsWith("__debug_bin") || (process.tracer ?? 0) > 0;
}
