import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Sample } from "../core/process.ts";
import { exportLines } from "../core/shell.ts";
import type { Machine } from "./machine.ts";
import { type Proc, sampleTree } from "./procfs.ts";

/** A sample older than this (ms) says nothing of now: the connection, or the host, is what stands still. */
const staleMs = 5000;

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
      createInterface({ input: stdout }).on("line", (line) => {
        const sample = read(line);
        if (sample === undefined) return;
        newest = sample;
        at = performance.now();
      });
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

/**
 * What the script sends, a line each: `s`tat, `i`o, `w`chan, `t`racer, `a`rguments (once a process) and `f`ile descriptors
 * with their pid, `n` a line of /proc/net/tcp, and `.` at the end of a sample. A tree in which no line changed sends the
 * last one only.
 */
function samplerScript(root: number, mark: string): string {
  return `dd_main() {
exec </dev/null
printf '\\n%s tree\\n' ${mark}; printf '\\n%s tree\\n' ${mark} >&2
${exportLines({ LC_ALL: "C" }).join("\n")}
PATH=\${PATH-}:/usr/bin:/bin
dd_ticks=0
dd_told=" "
dd_last=
while [ -d /proc/${root} ]; do
  dd_now=$(dd_tree 2>/dev/null)
  [ "$dd_now" = "$dd_last" ] || printf '%s\\n' "$dd_now"
  dd_last=$dd_now
  for dd_p in $dd_now; do case $dd_p in @*) case $dd_told in *" $dd_p "*) ;; *) dd_told="$dd_told$dd_p "; dd_words "\${dd_p#@}";; esac;; esac; done 2>/dev/null
  echo . || exit
  dd_ticks=$((dd_ticks+1))
  if [ $dd_ticks -lt 50 ]; then dd_pause=0.1; elif [ $dd_ticks -lt 250 ]; then dd_pause=0.25; else dd_pause=1; fi
  sleep $dd_pause 2>/dev/null || sleep 1
done
}
dd_words() {
printf 'a %s ' "$1"
tr '\\0\\n' '\\037 ' <"/proc/$1/cmdline" | head -c 4000
echo
}
dd_tree() {
dd_in=" ${root} "
dd_size=
dd_rows=
for dd_p in /proc/[0-9]*; do
  read -r dd_stat <"$dd_p/stat" || continue
  set -- \${dd_stat##*) }
  dd_rows="$dd_rows \${dd_p#/proc/} $2 $4"
done
while [ "$dd_size" != "$dd_in" ]; do
  dd_size=$dd_in
  set -- $dd_rows
  while [ $# -gt 2 ]; do
    case $dd_in in *" $1 "*) ;; *)
      if [ "$3" = ${root} ]; then dd_in="$dd_in$1 "; else case $dd_in in *" $2 "*) dd_in="$dd_in$1 ";; esac; fi;;
    esac
    shift 3
  done
done
dd_net=
for dd_p in $dd_in; do
  read -r dd_stat <"/proc/$dd_p/stat" || continue
  echo "s $dd_p $dd_stat"
  dd_name=\${dd_stat#*(}; dd_name=\${dd_name%)*}
  case $dd_name in compile|asm|cc1|cc1plus|as) echo "x @$dd_p"; continue;; esac
  dd_io=$(cat "/proc/$dd_p/io" | tr '\\n' ' ')
  echo "i $dd_p $dd_io"
  dd_wchan=
  read -r dd_wchan <"/proc/$dd_p/wchan"
  echo "w $dd_p $dd_wchan"
  while read -r dd_key dd_value; do [ "$dd_key" = TracerPid: ] && echo "t $dd_p $dd_value" && break; done <"/proc/$dd_p/status"
  case $dd_name in go|link|vet|cgo|git*|gcc|cc|g++|clang|ld|collect2|ssh|debuginfod-find) echo "x @$dd_p";; esac
  case $dd_name in go*|git*|ssh*|debuginfod-find*) ;; *) [ "$dd_p" = ${root} ] || continue;; esac
  dd_fds=$(ls -l "/proc/$dd_p/fd" | sed -n 's/.*-> socket:\\[\\([0-9]*\\)\\]$/\\1/p' | tr '\\n' ' ')
  echo "f $dd_p $dd_fds"
  [ "$dd_p" = ${root} ] && dd_skip=" $dd_fds " && continue
  for dd_s in $dd_fds; do case $dd_skip in *" $dd_s "*) ;; *) dd_net="$dd_net|$dd_s"; dd_of=$dd_p;; esac; done
done
[ -n "$dd_net" ] && cat "/proc/$dd_of/net/tcp" "/proc/$dd_of/net/tcp6" | grep -E " (\${dd_net#|}) " | while read -r dd_line; do echo "n $dd_line"; done
}
dd_main
`;
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
        for (const [pid, words] of argv) files.set(`/proc/${pid}/cmdline`, words);
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
