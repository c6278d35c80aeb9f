import { randomUUID } from "node:crypto";
import type { Sample } from "../core/process.ts";
import { eachLine } from "./lines.ts";
import type { Machine } from "./machine.ts";
import { type Proc, sampleTree } from "./procfs.ts";
import { samplerScript } from "./samplerScript.ts";

/** A sample older than this (ms) says nothing of now: the connection, or the host, is what stands still. */
const staleMs = 5000;

/**
 * How long (bytes) a line of a sample may be, and how many lines one may have: a command line is 128 kB at most, and a host
 * of 32,000 processes has seven lines for each.
 */
const longestLine = 256 * 1024;
const mostLines = 250_000;

/** Samples of a process tree on another host. */
export interface Sampler {
  /** The newest sample; empty where there is none, or where it is too old to say anything of now. */
  readonly sample: () => Sample;
  stop(): void;
}

/**
 * Follows the process tree under `root` on a host: a script there sends what /proc says of it, as often as a local tree
 * is looked at, and the same code reads it (procfs.ts). A host without a /proc sends nothing. Never rejects or throws.
 */
export function followTree(machine: Pick<Machine, "script">, root: number): Sampler {
  let newest: Sample = { processes: [] };
  let at = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let close = () => {};
  const mark = randomUUID();
  const begun = machine.script(samplerScript(root, mark), mark);
  begun.then(
    ({ stdout, stderr, close: end }) => {
      close = end;
      if (stopped) end();
      stderr.resume();
      const read = frameReader(root);
      let lines = 0;
      const hear = (line: string) => {
        lines += 1;
        if (lines > mostLines) return end();
        const sample = read(line);
        if (sample === undefined) return;
        lines = 0;
        newest = sample;
        at = performance.now();
      };
      eachLine(stdout, longestLine, hear, end);
    },
    () => {},
  );
  return {
    sample: () => (performance.now() - at > staleMs ? { processes: [] } : newest),
    stop() {
      stopped = true;
      close();
    },
  };
}

/** Gathers lines into the files they came from, and gives a sample at the end of each. */
function frameReader(root: number): (line: string) => Sample | undefined {
  const argv = new Map<string, string>();
  let last: Sample = { processes: [] };
  let files = new Map<string, string>();
  let fds = new Map<string, string[]>();
  const clear = () => {
    files = new Map();
    fds = new Map();
  };
  const proc = (): Proc => ({
    read: (path) => files.get(path),
    list: (path) => (path === "/proc" ? [...files.keys()].flatMap(pidOf) : (fds.get(path) ?? [])),
    link: (path) => `socket:[${path.slice(path.lastIndexOf("/") + 1)}]`,
  });
  const keep: Readonly<Record<string, (pid: string, rest: string) => void>> = {
    s: (pid, rest) => files.set(`/proc/${pid}/stat`, rest),
    i: (pid, rest) => files.set(`/proc/${pid}/io`, rest.replace(/ (?=\w+:)/g, "\n")),
    w: (pid, rest) => files.set(`/proc/${pid}/wchan`, rest),
    t: (pid, rest) => files.set(`/proc/${pid}/status`, `TracerPid:\t${rest}`),
    a: (pid, rest) => argv.set(pid, rest.replaceAll("\x1f", "\0")),
    f: (pid, rest) => fds.set(`/proc/${pid}/fd`, rest.split(" ").filter(Boolean)),
  };
  return (line) => {
    if (line === ".") {
      if (files.size > 0) {
        for (const [pid, words] of argv) {
          if (files.has(`/proc/${pid}/stat`)) files.set(`/proc/${pid}/cmdline`, words);
          else argv.delete(pid);
        }
        last = sampleTree(root, proc());
      }
      clear();
      return last;
    }
    const [, kind = "", pid = "", rest = ""] = /^(\w) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === "n") {
      // Every process of one network namespace reads the same table.
      for (const path of fds.keys()) add(files, path.replace(/fd$/, "net/tcp"), line.slice(2));
    } else keep[kind]?.(pid, rest);
    return undefined;
  };
}

/** A table begins with a line of headings. */
function add(files: Map<string, string>, path: string, line: string): void {
  files.set(path, `${files.get(path) ?? "  sl"}\n${line}`);
}

function pidOf(path: string): string[] {
  const pid = /^\/proc\/(\d+)\/stat$/.exec(path)?.[1];
  return pid === undefined ? [] : [pid];
}
