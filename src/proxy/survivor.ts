import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Waits on stdin: for the pid of dlv, and then for a word. A line means that all is well; its end without one means that
 * whoever held the other end was killed. A dlv that a client is connected to then ends by itself as soon as it reads again,
 * so what it runs (a build) is interrupted first, and Delve removes its binary. A moment later dlv is interrupted too: one
 * that waits for its client would wait for ever. In the end all that is left is killed.
 *
 * What belongs to dlv is its session, of which it is the leader; where there is no /proc it is the process group, as ps(1)
 * of POSIX knows no sessions. The number of a session is nobody else's while anything is in it; once all had ended it may
 * be, and then its leader was born at another time (proc(5), stat: the 20th behind the name).
 *
 * An interrupted go may leave its work directory behind, so what go's tools and go itself write to is noted, as
 * leftovers.ts does, and removed, unless go was told to keep it (-work); only its tools name it, so a go that runs none at
 * this moment is woken and given a moment to run the next one. A linker is also told files of the build cache, whose
 * directory is called go-build and has b0 to bf in it: only a numbered directory among the temporary files is go's.
 */
const script = `members() {
  if [ -d /proc/self ]; then
    for dir in /proc/[0-9]*; do
      { read -r stat <"$dir/stat"; } 2>/dev/null || continue
      set -- \${stat##*") "}
      [ "$4" = "$root" ] && [ "$1" != Z ] && echo "\${dir#/proc/}"
    done
  else
    ps -A -o pid= -o pgid= | while read -r pid group; do [ "$group" = "$root" ] && echo "$pid"; done
  fi
}
written() {
  for pid in $1; do
    read -r name <"/proc/$pid/comm" || continue
    case $name in
      compile|link|asm|cgo|vet)
        dirs=$(tr '\\0' '\\n' <"/proc/$pid/cmdline" | sed -n 's|^\\(/.*/go-build[0-9][0-9]*\\)/b[0-9][0-9][0-9][0-9]*/.*|\\1|p')
        [ -n "$dirs" ] || continue
        temps=$(tr '\\0' '\\n' <"/proc/$pid/environ" | sed -n -e 's|//*$||' -e 's/^GOTMPDIR=//p' -e 's/^TMPDIR=//p')
        echo "$dirs" | while IFS= read -r dir; do
          case "
/tmp
$temps
" in *"
\${dir%/*}
"*) echo "$dir" ;; esac
        done ;;
      go)
        tr '\\0' '\\n' <"/proc/$pid/cmdline" | grep '^/.*/__debug_bin[0-9]*$'
        cat "/proc/$pid/cmdline" "/proc/$pid/environ" | tr '\\0' '\\n' |
          grep -q -e '^--*work$' -e '^GOFLAGS=.*-work' && echo -work ;;
    esac
  done
}
wake() {
  builds=1
  for pid in $1; do
    read -r name <"/proc/$pid/comm" && [ "$name" = go ] && kill -s CONT "$pid" && builds=0
  done
  return $builds
}
born() {
  { read -r stat <"/proc/$root/stat"; } 2>/dev/null || return
  set -- \${stat##*") "}
  echo "\${20}"
}
IFS= read -r root && [ -n "$root" ] || exit
birth=$(born)
IFS= read -r word && exit
now=$(born)
[ -n "$now" ] && [ "$now" != "$birth" ] && exit
round=0 files= waits=0
exec 2>/dev/null
while all=$(members); [ -n "$all" ] && [ $round -lt 25 ]; do
  files="$files
$(written "$all")"
  case $files in
    */go-build*) ;;
    *) [ $waits -lt 5 ] && wake "$all" && waits=$((waits + 1)) && sleep 0.05 && continue ;;
  esac
  for pid in $all; do
    case $round in
      0) [ "$pid" = "$root" ] || kill -s INT "$pid" ;;
      5) kill -s INT "$pid" ;;
      1[5-9]|2?) kill -s KILL "$pid" ;;
    esac
  done
  round=$((round + 1))
  sleep 0.2
done
echo "$files" | grep -q -x -e -work && files=$(echo "$files" | grep -v -e '^-work$' -e '/go-build[0-9]*$')
echo "$files" | sort -u | while IFS= read -r file; do [ -n "$file" ] && rm -rf -- "$file"; done`;

/**
 * Starts a process, and beside it a program that outlives us only if we are killed (SIGKILL, or an editor that does not wait), to
 * end that process's session: nobody would otherwise end a build that hangs, or a dlv that waits for its client. It is there
 * first, and hears of the process in the turn in which that starts, so that no moment is without it. `release` ends it. Where
 * there is no sh it does nothing. Throws what `start` throws.
 */
export function withSurvivor<C extends Pick<ChildProcess, "pid">>(
  start: () => C,
): { readonly child: C; readonly release: () => void } {
  const survivor = process.platform === "win32" ? undefined : spawnSurvivor();
  const release = () => void survivor?.end("\n");
  try {
    const child = start();
    if (child.pid === undefined) release();
    else survivor?.write(`${child.pid}\n`);
    return { child, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** What ends our terminal, our folder or our process group must not end it. */
function spawnSurvivor(): Writable {
  const child = spawn("sh", ["-c", script], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  return child.stdin;
}
