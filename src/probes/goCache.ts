import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { type SetBy, setBy, whyNot } from "./goProxy.ts";

/** Where go keeps what it compiled, as dlv's environment decides it, and a place where it could. */
export interface GoCache {
  /** GOCACHE as go sees it; empty where there is nothing to derive it from, "off" where it was turned off. */
  readonly dir: string;
  readonly setBy: SetBy;
  /** Which of HOME and XDG_CACHE_HOME are set at all. */
  readonly set: readonly string[];
  /** True where it, or the nearest directory above it that exists, can be written by dlv's user. */
  readonly writable: boolean;
  /** The directory that was asked: the cache itself or what is above it; and its mount's options. */
  readonly asked: string;
  /** False where go has no place for modules either. */
  readonly modules: boolean;
  /** The cache of the user's own home directory, else one under a directory for temporary files. */
  readonly elsewhere?: string;
}

/** Asks go, and access(2); makes nothing. A directory that somebody else made in /tmp is never offered: it could hold anything. */
export const goCache = probe<GoCache>({
  id: "go-cache",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
GOTOOLCHAIN=local PATH=$LAUNCH_PATH:$PATH
export GOTOOLCHAIN PATH
go version >/dev/null || exit 70
dir=$(go env GOCACHE 2>/dev/null)
# go says "off" too where it has nothing to derive a place from.
[ "$dir$GOCACHE$XDG_CACHE_HOME$HOME" = off ] && dir=
printf 'dir %s\\n' "$dir"
[ -n "\${GOCACHE:-}" ] && echo env
[ -n "\${HOME:-}" ] && echo 'set HOME'
[ -n "\${XDG_CACHE_HOME:-}" ] && echo 'set XDG_CACHE_HOME'
[ -n "$(go env GOMODCACHE 2>/dev/null)" ] && echo modules
up() { d=$1; while [ -n "$d" ] && [ "$d" != / ] && [ ! -e "$d" ]; do d=\${d%/*}; done; printf '%s' "\${d:-/}"; }
may() { d=$(up "$1"); [ -d "$d" ] && [ -w "$d" ] && [ -x "$d" ]; }
case $dir in
  /*) printf 'asked %s\\n' "$(up "$dir")"
    # Nobody makes a directory in /proc or /sys, whatever access(2) says.
    case $dir in /proc/* | /sys/*) ;; *) may "$dir" && echo writable ;; esac ;;
esac
home=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
for place in "$home/.cache/go-build" "\${TMPDIR:-/tmp}/go-build-$(id -u)" "/var/tmp/go-build-$(id -u)" "/tmp/go-build-$(id -u)"; do
  [ "$place" = "$dir" ] && continue
  case $place in //* | /.cache/*) continue ;; esac
  may "$place" || continue
  [ -e "$place" ] && [ ! -O "$place" ] && continue
  printf 'elsewhere %s\\n' "$place"
  break
done
exit 0
`,
  read({ code, stdout, stderr }, launch) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    const after = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
    const elsewhere = after("elsewhere");
    return {
      dir: after("dir") ?? "",
      setBy: setBy(launch, "GOCACHE", lines.includes("env"), false),
      set: lines.flatMap((line) => (line.startsWith("set ") ? [line.slice(4)] : [])),
      writable: lines.includes("writable"),
      asked: after("asked") ?? "",
      modules: lines.includes("modules"),
      ...(elsewhere !== undefined && { elsewhere }),
    };
  },
});
