import { breakpointFiles } from "../core/breakpoints.ts";
import { buildDirectory, builtPackage, loadFlags } from "../core/goBuild.ts";
import { type Launch, textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { isDebuggee } from "../core/process.ts";
import { say } from "../core/say.ts";
import type { PathRule } from "../core/substitutePath.ts";
import { configuredPort } from "./serverPort.ts";

/** A file of the editor's as dlv's host has it; nothing but its path where that host has no such file. */
export interface FileThere {
  readonly path: string;
  /** The last symbolic link on the path, and the path that it leads to without any. */
  readonly link?: PathRule;
  /** The program's paths that lead to this very file, and those that lead to another file of this host. */
  readonly same: readonly string[];
  readonly other: readonly string[];
  /** Those of the others that hold the same text. */
  readonly copies: readonly string[];
}

/** The paths that a program has its source files under. */
export interface Sources {
  /** The program's file; undefined where it is gone and go was asked for the paths it would build it with. */
  readonly program?: string;
  /** -trimpath is among its build settings. */
  readonly trimpath: boolean;
  /** The modules it is made of, the main one first; none where it was not built in module mode. */
  readonly modules: readonly string[];
  /** Those whose file name is that of a breakpoint's file or of its neighbours, in any case. */
  readonly files: readonly string[];
  /** The source directory of its standard library; undefined where -trimpath took it away. */
  readonly goroot?: string;
  /** It has files of the workspace folder under the folder's own path. */
  readonly knowsFolder: boolean;
  readonly editor: readonly FileThere[];
}

/**
 * Asks a program for the paths of its sources. They stand in its line table (.gopclntab) as strings that end with a zero
 * byte, and its modules in the build information beside it: never compressed, in a stripped program too, the same for
 * ELF, Mach-O and PE, and the same strings that `dlv`'s `sources` lists (seen with Go 1.22 and 1.26, Delve 1.22 and 1.27,
 * with -trimpath, -s -w and PIE). So tr and grep will do: DWARF is mostly compressed, `go tool objdump` needs a go, and dlv
 * lists sources only of a program that it runs.
 *
 * The program is `program` in exec mode; for an attach /proc/PID/exe, or the program of the dlv that has the
 * configuration's port; else what dlv built, found by the process it traces, by `output` or in its directory. Where
 * dlv has removed that again, `go list` says which files a build would take.
 */
export const sources = probe({
  id: "sources",
  limitMs: 10_000,
  args: (launch) => [
    ...program(launch),
    launch.folder,
    buildDirectory(launch),
    ...breakpointFiles(launch.timeline),
    "--",
    ...(launch.config["port"] === undefined ? [...loadFlags(launch), builtPackage(launch)] : []),
  ],
  sh: `
kind=$1 what=$2 output=$3 folder=$4 directory=$5; shift 5
served() {
  inodes=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$(printf '%04X' "$1")" '
    { split($2, at, ":") } at[2] == port && ($4 == "0A" || $4 == "01") { print "socket:[" $10 "]" }')
  [ -n "$inodes" ] || return
  for comm in $(grep -l '^dlv' /proc/[0-9]*/comm 2>/dev/null); do
    dlv=\${comm%/comm}
    ls -ln "$dlv/fd" 2>/dev/null | grep -qF "$inodes" || continue
    for status in $(grep -l '^TracerPid:[^0-9]*[1-9]' /proc/[0-9]*/status 2>/dev/null); do
      # It is a thread of dlv's that traces.
      tracer=$(awk '$1 == "TracerPid:" { print $2 }' "$status" 2>/dev/null)
      grep -q "^Tgid:[^0-9]*\${dlv#/proc/}$" "/proc/$tracer/status" 2>/dev/null && echo "\${status%/*}/exe" && return
    done
    # The program has run to its end already.
    ended=$(tr '\\0' '\\n' <"$dlv/cmdline" | awk 'seen && !/^-/ { print; exit } $0 == "exec" { seen = 1 }')
    case $ended in '') ;; /*) echo "$ended" ;; *) echo "$(readlink "$dlv/cwd")/$ended" ;; esac
    return
  done
}
f=
case $kind in
  file) f=$what ;;
  pid) f=/proc/$what/exe ;;
  port) f=$(served "$what") ;;
  built)
    # A pid may be another process's by now.
    exe=$(readlink "/proc/$what/exe" 2>/dev/null)
    case $exe in '') ;; "$output" | */__debug_bin* | */debug.test*) f=/proc/$what/exe ;; esac
    [ -n "$f" ] || f=$(cd "$directory" 2>/dev/null || exit
      newest=$(ls -t __debug_bin* debug.test* 2>/dev/null | head -n 1)
      for one in "$output" "\${newest:+$PWD/$newest}"; do [ -f "$one" ] && echo "$one" && break; done) ;;
esac
NAMES= count=0
for one in "$@"; do
  [ "$one" = -- ] && break
  count=$((count+1))
  NAMES="$NAMES\${one##*[/\\\\]}
"
  for near in "\${one%/*}"/*.go; do NAMES="$NAMES\${near##*/}
"; done
done
export NAMES
FOLDER=$folder; export FOLDER
pick() {
  awk 'BEGIN { n = split(ENVIRON["NAMES"], names, "\\n"); for (i = 1; i <= n; i++) wanted[tolower(names[i])] = 1; folder = ENVIRON["FOLDER"] "/" }
    /^(mod|dep|=>|build)\\t/ { print "info " $0; next }
    { base = $0; sub(/.*\\//, "", base) }
    tolower(base) in wanted { print "file " $0 }
    /(^|\\/)src\\/runtime\\/proc\\.go$/ { print "goroot " substr($0, 1, length($0) - 16) }
    index($0, folder) == 1 && !/\\/pkg\\/mod\\// && !known++ { print "known" }' | sort -u | awk '!/^file / || n++ < 2000'
}
if [ -n "$f" ] && [ -r "$f" ]; then
  case $f in /proc/*) echo "program $(readlink "$f")" ;; *) echo "program $f" ;; esac
  found=$(LC_ALL=C tr '\\0' '\\n' <"$f" | LC_ALL=C grep -aE '^[^[:cntrl:]]+\\.go$|^(mod|dep|=>)	|^build	-trimpath=true$' | pick)
else
  # dlv is not in the directory that a shell's PWD names with its links, and go believes PWD.
  [ "$kind" = built ] && cd -P "$directory" 2>/dev/null || exit 66
  PATH=$LAUNCH_PATH; export PATH
  skip=$((count+1))
  found=$(shift $skip && [ $# -gt 0 ] && GOTOOLCHAIN=local GOPROXY=off go list -deps -e \\
    -f '{{range .GoFiles}}{{$.Dir}}/{{.}}{{"\\n"}}{{end}}{{range .CgoFiles}}{{$.Dir}}/{{.}}{{"\\n"}}{{end}}{{range .TestGoFiles}}{{$.Dir}}/{{.}}{{"\\n"}}{{end}}{{with .Module}}{{if .Main}}mod{{else}}dep{{end}}	{{.Path}}{{end}}' "$@" 2>/dev/null | grep . | pick)
  [ -n "$found" ] || exit 66
fi
printf '%s\\n' "$found"
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  compared=0
  printf 'editor %s\\n' "$1"
  if [ -f "$1" ]; then
    up=$1
    while [ -n "$up" ] && [ ! -L "$up" ]; do up=\${up%/*}; done
    [ -n "$up" ] && printf 'link %s\\ntarget %s\\n' "$up" "$(readlink -f "$up")"
    printf '%s\\n' "$found" | sed -n 's/^file \\//\\//p' | grep -v '^/proc/self/' | while read -r one; do
      [ -f "$one" ] || continue
      [ "$1" -ef "$one" ] && printf 'same %s\\n' "$one" && continue
      printf 'other %s\\n' "$one"
      [ "\${1##*/}" = "\${one##*/}" ] && [ $((compared=compared+1)) -le 20 ] && cmp -s "$1" "$one" && printf 'copy %s\\n' "$one"
    done
  fi
  shift
done
exit 0
`,
  read({ code, stdout, stderr }, launch): Sources {
    if (code === 66) throw new Error(say`the program that dlv debugs is not to be read here`);
    if (code !== 0) throw new Error(stderr.trim() || say`the program's sources cannot be listed`);
    const [own = "", ...editor] = stdout.split(/^editor /m);
    const all = (text: string, key: string) =>
      Array.from(text.matchAll(new RegExp(`^${key} (.+)$`, "gm")), ([, value = ""]) => value);
    const info = all(own, "info").map((line) => line.split("\t"));
    const [first] = all(own, "program");
    const [goroot] = all(own, "goroot");
    const main = info.filter(([key]) => key === "mod");
    // go list names the tests of a package beside it, whether they are built or not.
    const isUntaken = (file: string) =>
      first === undefined && launch.mode !== "test" && file.endsWith("_test.go");
    return {
      ...(first !== undefined && { program: first.replace(/ \(deleted\)$/, "") }),
      trimpath: info.some(([key]) => key === "build"),
      modules: [
        ...new Set([...main, ...info].flatMap(([key, path]) => (key === "build" ? [] : (path ?? [])))),
      ],
      files: all(own, "file").filter((file) => !isUntaken(file)),
      ...(goroot !== undefined && { goroot }),
      knowsFolder: /^known$/m.test(own),
      editor: editor.map((text) => {
        const one = (key: string) => all(text, key).slice(0, 1);
        const [from] = one("link");
        const [to] = one("target");
        return {
          path: text.slice(0, text.indexOf("\n")),
          ...(from !== undefined && to !== undefined && { link: { from, to } }),
          same: all(text, "same"),
          other: all(text, "other"),
          copies: all(text, "copy"),
        };
      }),
    };
  },
});

/** How the program is found: the kind of what names it, that, and the configured output of a build. */
function program(launch: Launch): readonly [string, string, string] {
  if (launch.mode === "exec") return ["file", textOf(launch, "program") ?? "", ""];
  if (launch.request === "attach") {
    if (launch.mode === "remote") return ["port", String(configuredPort(launch) ?? 0), ""];
    return ["pid", String(Number(launch.config["processId"] ?? 0)), ""];
  }
  const traced = launch.timeline.last?.processes.find(isDebuggee)?.pid;
  return ["built", String(traced ?? 0), textOf(launch, "output") ?? ""];
}
