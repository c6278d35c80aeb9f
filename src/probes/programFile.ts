import { buildDirectory, buildFlagWords } from "../core/goBuild.ts";
import type { Launch } from "../core/launch.ts";
import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** A file that is to be run as it is, by its own first bytes (elf(5)). */
export interface ProgramFile {
  readonly path: string;
  readonly kind: "file" | "directory" | "missing";
  readonly bytes: number;
  readonly executable: boolean;
  /** What its first bytes say. "text" starts with #!; "none" is anything else. */
  readonly format: "elf" | "mach-o" | "pe" | "wasm" | "archive" | "text" | "empty" | "none";
  /** ELF's e_machine and its class in bits, and what uname -m says of this machine; "" where it is not Linux. */
  readonly machine?: number;
  readonly bits?: number;
  readonly host: string;
  /** The loader that PT_INTERP names, and whether that file is there. */
  readonly interpreter?: string;
  readonly interpreterExists: boolean;
  /** The directory that the program is to run in, and whether it is there. */
  readonly cwd: string;
  readonly cwdExists: boolean;
}

/**
 * Reads the program's header with od; nothing is run. In exec mode the file is the configuration's own. Delve removes what
 * it built, so of a build the loader is known only where a flag names it (--dynamic-linker, or the linker's -I).
 */
export const programFile = probe<ProgramFile>({
  id: "program-file",
  args: (launch) => [
    buildDirectory(launch),
    launch.mode === "exec" ? (textOf(launch, "program") ?? "") : "",
    textOf(launch, "cwd") ?? "",
    launch.mode === "exec" ? "" : (loaderOf(launch) ?? ""),
  ],
  sh: `cd "\${1:-.}" || exit 78
f=$2 cwd=$3 interpreter=$4
[ "$(uname -s)" = Linux ] && printf 'host %s\\n' "$(uname -m)"
printf 'path %s\\n' "$f"
if [ -n "$cwd" ]; then printf 'cwd %s\\n' "$cwd"; [ -d "$cwd" ] && echo 'cwd-there'; fi
number() { od -An -v -tu"$2" -j "$1" -N "$2" "$f" 2>/dev/null | tr -d ' '; }
if [ -n "$f" ] && [ -d "$f" ]; then echo 'kind directory'
elif [ -n "$f" ] && [ -f "$f" ]; then
  echo 'kind file'
  printf 'bytes %s\\n' "$(wc -c <"$f" | tr -d ' ')"
  # The mode itself: on a noexec mount access(2) denies what the mode allows.
  ls -ldL "$f" | cut -c 1-10 | grep -q x && echo executable
  [ -r "$f" ] || { echo 'the program cannot be read' >&2; exit 71; }
  head=$(od -An -v -tx1 -N 8 "$f" | tr -d ' \\n')
  printf 'head %s\\n' "$head"
  case $head in
    7f454c4602*) printf 'bits 64\\nmachine %s\\n' "$(number 18 2)"; at=$(number 32 8) size=$(number 54 2) count=$(number 56 2) offset=8 length=32 word=8 ;;
    7f454c4601*) printf 'bits 32\\nmachine %s\\n' "$(number 18 2)"; at=$(number 28 4) size=$(number 42 2) count=$(number 44 2) offset=4 length=16 word=4 ;;
    *) count=0 ;;
  esac
  i=0
  while [ "$i" -lt "\${count:-0}" ] && [ "$i" -lt 64 ]; do
    header=$((at + size * i))
    if [ "$(number "$header" 4)" = 3 ]; then
      from=$(number $((header + offset)) $word) bytes=$(number $((header + length)) $word)
      interpreter=$(tail -c +$((from + 1)) "$f" | head -c "$bytes" | tr -d '\\0')
      break
    fi
    i=$((i + 1))
  done
fi
if [ -n "$interpreter" ]; then
  printf 'interpreter %s\\n' "$interpreter"
  [ -e "$interpreter" ] && echo 'interpreter-there'
fi
exit 0
`,
  read({ code, stdout, stderr }): ProgramFile {
    if (code !== 0) throw new Error(stderr.trim() || say`the directory that dlv runs in does not exist`);
    const lines = stdout.split("\n");
    const after = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
    const [machine, bits, interpreter] = [after("machine"), after("bits"), after("interpreter")];
    const bytes = Number(after("bytes") ?? 0);
    return {
      path: after("path") ?? "",
      kind: (after("kind") ?? "missing") as ProgramFile["kind"],
      bytes,
      executable: lines.includes("executable"),
      format: formatOf(after("head") ?? "", bytes),
      host: after("host") ?? "",
      interpreterExists: lines.includes("interpreter-there"),
      cwd: after("cwd") ?? "",
      cwdExists: after("cwd") === undefined || lines.includes("cwd-there"),
      ...(machine && { machine: Number(machine) }),
      ...(bits && { bits: Number(bits) }),
      ...(interpreter && { interpreter }),
    };
  },
});

function formatOf(head: string, bytes: number): ProgramFile["format"] {
  if (bytes === 0) return "empty";
  if (head.startsWith("7f454c46")) return "elf";
  if (/^(?:(?:ce|cf)faedfe|feedfac[ef]|cafebabe)/.test(head)) return "mach-o";
  if (head.startsWith("4d5a")) return "pe";
  if (head.startsWith("0061736d")) return "wasm";
  if (head.startsWith("213c617263683e0a")) return "archive";
  return head.startsWith("2321") ? "text" : "none";
}

/** The loader that the build's own flags ask for. */
function loaderOf(launch: Launch): string | undefined {
  const words = buildFlagWords(launch).join(" ");
  return (
    /--dynamic-linker[=,]([^\s,'"]+)/.exec(words)?.[1] ?? /-ldflags=.*?-I[= ](\/[^\s'"]+)/.exec(words)?.[1]
  );
}
