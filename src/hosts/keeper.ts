import { say } from "../core/say.ts";
import { exportLines, quote } from "../core/shell.ts";

/** What a keeper starts and watches over. */
export interface Kept {
  readonly argv: readonly string[];
  readonly cwd?: string;
  /** What is added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The PATH to look on, and the lines that export the rest of a login shell's environment. */
  readonly path: string;
  readonly login: string;
  /** What the program reads; nothing where absent. */
  readonly stdin?: string;
  /** How long (ms) the program and all it started may take to end themselves. */
  readonly graceMs: number;
  /** How long (ms) the other side may be silent before it is taken for dead. Absent: only its closing counts. */
  readonly deadMs?: number;
  /** Where the binary lies that dlv builds: `output` by name, else __debug_bin* in `dir`. */
  readonly built?: { readonly dir: string; readonly output?: string };
}

/** What a keeper says first, on both streams, behind its mark. A number is the program's pid. */
export const refusals = {
  nocwd: (cwd: string) => say`${cwd}: its working directory does not exist`,
  missing: (program: string) => say`${program}: there is no such program`,
} as const;

/**
 * A POSIX sh script that starts one program in a session of its own and keeps watch over it: whatever becomes of the
 * connection, nothing of it stays behind on the host. The first line on each stream is `mark` and the program's pid, or
 * a word of `refusals`; the login shell may have printed before it.
 *
 * A line "int" on stdin interrupts the whole session and kills what is left after the grace, a line "." says that the
 * other side lives, and the end of stdin is the same as "int". What a killed build leaves is removed: the work directory
 * of a go command, which only its tools name, and the binary that dlv would have removed itself. The script's exit code
 * is the program's (128 + n for signal n). All that its end goes by is set at its begin: the host's own environment may
 * hold any name.
 */
export function keeperScript(kept: Kept, mark: string): string {
  const { argv, cwd = "/", env, path, login, stdin, built } = kept;
  const program = quote(argv[0] ?? "");
  const command = argv.map(quote).join(" ");
  return `dd_main() {
exec 9<&0 </dev/null
dd_dead=${Math.ceil((kept.deadMs ?? 0) / 1000)}
dd_dir= dd_output= dd_works= dd_temps= dd_used=
dd_say() { printf '\\n%s %s\\n' ${mark} "$1"; printf '\\n%s %s\\n' ${mark} "$1" >&2; }
dd_setsid=$(command -v setsid)
dd_tools=\${PATH-}:/usr/sbin:/usr/bin:/sbin:/bin
PATH=${quote(path)}; export PATH
cd ${quote(cwd)} 2>/dev/null || { dd_say nocwd; exit 126; }
command -v ${program} >/dev/null 2>&1 || { dd_say missing; exit 127; }
${placeLines(built)}
dd_old=$(dd_binaries)
dd_watch </dev/null >/dev/null 2>&1 &
dd_watcher=$!
exec 9<&-
${stdin === undefined ? "" : `printf '%s' ${quote(stdin)} | `}(
${login}
PATH=${quote(path)}; export PATH
${exportLines(env).join("\n")}
exec \${dd_setsid:+"$dd_setsid"} sh -c ${quote(`printf '\\n%s %s\\n' ${mark} $$; printf '\\n%s %s\\n' ${mark} $$ >&2; exec "$@"`)} sh ${command}
)
dd_code=$?
kill $dd_watcher 2>/dev/null
wait $dd_watcher
exit $dd_code
}
${watcher(kept.graceMs)}
${built === undefined ? "dd_binaries() { :; }\ndd_remove() { dd_workdirs; }" : remover}
dd_main
`;
}

function placeLines(built: Kept["built"]): string {
  if (built === undefined) return "";
  const { dir, output } = built;
  return [`dd_dir=${quote(dir)}`, ...(output === undefined ? [] : [`dd_output=${quote(output)}`])].join("\n");
}

/**
 * The part that listens, beside the program: what a shell starts in the background ignores SIGINT for ever, so the
 * program itself must be in the foreground, and its pid is found as that of the shell's other child. \`read -t\` is no
 * part of POSIX: where the shell has none, timeout(1) around a sh of its own stands in, and where that is missing too
 * only the end of stdin counts.
 *
 * Nobody else's process is signalled: a process counts as ours by its parent or session as long as the script that
 * started it lives (a pid is given out again), and a row of /proc counts only where it is whole (a name may hold a line
 * end). Nobody else's folder is removed: it is named by a tool of go, lies where that tool's TMPDIR or GOTMPDIR says, and
 * holds no folder but those that a go command makes (b001, b002 …).
 */
function watcher(graceMs: number): string {
  return `dd_next() {
if [ "$dd_dead" -eq 0 ]; then IFS= read -r dd_word <&9; return; fi
if [ "$dd_timed" = 1 ]; then IFS= read -r -t "$dd_dead" dd_word <&9; return; fi
if [ -n "$dd_timeout" ]; then dd_word=$("$dd_timeout" "$dd_dead" sh -c 'IFS= read -r dd_word && echo "$dd_word"' <&9); return; fi
IFS= read -r dd_word <&9
}
dd_watch() {
trap 'kill $!; exit' TERM
PATH=$dd_tools
dd_timeout=$(command -v timeout)
( IFS= read -r -t 1 dd_word </dev/null ) 2>/dev/null
[ $? = 1 ] && dd_timed=1 || dd_timed=0
( while dd_next && [ "$dd_word" != int ]; do :; done ) &
wait $!
trap '' TERM
dd_end
}
dd_table() {
if [ -d /proc/self ]; then
  for dd_p in /proc/[0-9]*; do
    { read -r dd_stat <"$dd_p/stat"; } 2>/dev/null || continue
    set -- \${dd_stat##*") "}
    case $1:$2$4 in Z:*|X:*|*:*[!0-9]*) continue;; esac
    [ -n "$4" ] && echo "\${dd_p#/proc/} $2 $4"
  done
else ps -A -o pid= -o ppid= -o sess= || ps -A -o pid= -o ppid= -o ppid=
fi
}
dd_members() {
dd_rows=$(dd_table)
set -- $dd_rows
while [ $# -gt 2 ] && [ "$1" != $dd_self ]; do shift 3; done
dd_main=$2
dd_size=
while [ "$dd_size" != "$dd_in" ]; do
  dd_size=$dd_in
  set -- $dd_rows
  while [ $# -gt 2 ]; do
    case $dd_in in *" $1 "*) ;; *)
      if [ "$2" = $$ ] && [ "$dd_main" = $$ ] && [ "$1" != $dd_self ] || [ "$3" = "$dd_root" ]; then dd_in="$dd_in$1 "
      else case $dd_in in *" $2 "*) dd_in="$dd_in$1 ";; esac
      fi;;
    esac
    shift 3
  done
done
dd_alive=
set -- $dd_rows
while [ $# -gt 2 ]; do
  case $dd_in in *" $1 "*) dd_alive="$dd_alive $1"; [ "$1" = "$3" ] && dd_root=$1;; esac
  shift 3
done
dd_in="$dd_alive "
}
dd_end() {
dd_in=" "
dd_root=none
dd_self=$(exec sh -c 'echo $PPID')
dd_members
dd_note
dd_told=
dd_left=${Math.ceil(graceMs / 100)}
while [ -n "$dd_alive" ] && [ $dd_left -gt 0 ]; do
  for dd_p in $dd_alive; do case " $dd_told " in *" $dd_p "*) ;; *) kill -INT $dd_p; dd_told="$dd_told $dd_p";; esac; done
  sleep 0.1 || sleep 1
  dd_members
  dd_note
  dd_left=$((dd_left-1))
done
dd_left=30
while [ -n "$dd_alive" ] && [ $dd_left -gt 0 ]; do
  kill -KILL $dd_alive
  sleep 0.1 || sleep 1
  dd_members
  dd_left=$((dd_left-1))
done
dd_remove
}
dd_note() {
for dd_p in $dd_alive; do
  dd_words=$(tr '\\0' '\\n' <"/proc/$dd_p/cmdline")
  dd_used="$dd_used
$(printf '%s\\n' "$dd_words" | grep '/__debug_bin[0-9]*$')"
  dd_comm=
  { read -r dd_comm <"/proc/$dd_p/comm"; }
  case $dd_comm in go|compile|link|asm|cgo|vet) ;; *) continue;; esac
  dd_works="$dd_works
$(printf '%s\\n' "$dd_words" | sed -n 's#^[^/]*\\(/.*/go-build[0-9][0-9]*\\)/.*#\\1#p')"
  dd_temps="$dd_temps
$(tr '\\0' '\\n' <"/proc/$dd_p/environ" | sed -n -e 's#//*$##' -e 's/^GOTMPDIR=//p' -e 's/^TMPDIR=//p')"
done
}
dd_workdirs() {
printf '%s\\n' "$dd_works" | sort -u | while IFS= read -r dd_p; do
  case $dd_p in /*/go-build[0-9]*) ;; *) continue;; esac
  case "
/tmp
$dd_temps
" in *"
\${dd_p%/*}
"*) ;; *) continue;; esac
  [ -O "$dd_p" ] && [ ! -L "$dd_p" ] && [ -z "$(dd_foreign "$dd_p")" ] && rm -rf "$dd_p"
done
}
dd_foreign() {
for dd_f in "$1"/* "$1"/.[!.]*; do
  [ -d "$dd_f" ] || continue
  case \${dd_f##*/} in b[0-9]*) ;; *) echo "$dd_f";; esac
done
}`;
}

/** A binary that was there before, that another process runs, or that is another user's belongs to somebody else. */
const remover = `dd_binaries() {
if [ -n "$dd_output" ]; then [ -e "$dd_output" ] && echo "$dd_output"; return; fi
for dd_b in "$dd_dir"/__debug_bin*; do
  case \${dd_b##*/__debug_bin} in *[!0-9]*) ;; *) [ -f "$dd_b" ] && echo "$dd_b";; esac
done
}
dd_remove() {
dd_workdirs
dd_running=$(ls -l /proc/[0-9]*/exe)
dd_binaries | while IFS= read -r dd_b; do
  [ -O "$dd_b" ] || continue
  case "
$dd_old
" in *"
$dd_b
"*) continue;; esac
  [ -n "$dd_output" ] || case "
$dd_used
" in *"
$dd_b
"*) ;; *"
$dd_dir/__debug_bin"*) continue;; *) case "$dd_running
" in *"/\${dd_b##*/}
"*) continue;; esac;; esac
  rm -f "$dd_b"
done
}`;
