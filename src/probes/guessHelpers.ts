import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** A `dlv substitute-path-guess-helper` that runs, with the go it waits for. */
export interface GuessHelper {
  readonly pid: number;
  /** `ours`: the probe was started by it as well, so it is the extension host of this very window. */
  readonly parent: { readonly pid: number; readonly name: string; readonly ours: boolean };
  /** How long it runs, in ms. */
  readonly ageMs: number;
  /** Its `go list`, where there is one. */
  readonly go?: {
    readonly pid: number;
    readonly state: string;
    readonly cwd: string;
    /** How many TCP connections it has, or tries to make. */
    readonly connections: number;
  };
}

/** Our own helpers: golang.go runs one, under the user's own uid, before a remote attach that names no debug adapter. */
export const guessHelpers = probe<readonly GuessHelper[]>({
  id: "guess-helpers",
  sh: `
[ -r /proc/self/stat ] || exit 74
words() { tr '\\000\\n' '\\n ' 2>/dev/null <"/proc/$1/cmdline"; }
field() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f"$2"; }
connections() {
  { cat "/proc/$1/net/tcp" "/proc/$1/net/tcp6" 2>/dev/null | awk '$4 != "0A" { print "tcp", $10 }'
    ls -ln "/proc/$1/fd" 2>/dev/null | awk '$NF ~ /^socket:/ { gsub(/[^0-9]/, "", $NF); print "fd", $NF }'
  } | awk '$1 == "tcp" { tcp[$2] = 1 } $1 == "fd" && ($2 in tcp) { n++ } END { print n + 0 }'
}
me=$(id -u)
above=" "; a=$$
while [ "\${a:-0}" -gt 1 ]; do above="$above$a "; a=$(field "$a" 2); done
for f in $(grep -ls '^dlv' /proc/[0-9]*/comm); do
  p=\${f#/proc/}; p=\${p%/comm}
  [ "$(words "$p" | sed -n 2p)" = substitute-path-guess-helper ] || continue
  [ "$(awk '$1 == "Uid:" { print $2 }' "/proc/$p/status" 2>/dev/null)" = "$me" ] || continue
  parent=$(field "$p" 2)
  case $above in *" $parent "*) ours=1 ;; *) ours=0 ;; esac
  echo "helper $p $(field "$p" 20) $(cut -d' ' -f1 /proc/uptime) $parent $ours $(cat "/proc/$parent/comm" 2>/dev/null)"
  for g in $(cat /proc/[0-9]*/status 2>/dev/null | awk -v p="$p" '$1 == "Name:" { n = $2 } $1 == "Pid:" { q = $2 } $1 == "PPid:" && $2 == p && n == "go" { print q }'); do
    [ "$(words "$g" | sed -n 2p)" = list ] || continue
    echo "go $p $g $(field "$g" 1) $(connections "$g") $(readlink "/proc/$g/cwd")"
  done
done
exit 0
`,
  read({ code, stdout }): readonly GuessHelper[] {
    if (code === 74) throw new Error(say`/proc cannot be read here`);
    return Array.from(
      stdout.matchAll(/^helper (\d+) (\d+) ([\d.]+) (\d+) ([01]) (.*)$/gm),
      ([, pid, start, uptime, parent, ours, name = ""]) => ({
        pid: Number(pid),
        parent: { pid: Number(parent), name, ours: ours === "1" },
        // USER_HZ is 100 on every Linux that Go supports (time(7)).
        ageMs: Math.max(0, Math.round(Number(uptime) * 1000 - Number(start) * 10)),
        ...goOf(stdout, pid ?? ""),
      }),
    );
  },
});

function goOf(stdout: string, helper: string): Pick<GuessHelper, "go"> {
  const [, pid, state = "?", connections, cwd = ""] =
    new RegExp(`^go ${helper} (\\d+) (\\S+) (\\d+) (.*)$`, "m").exec(stdout) ?? [];
  if (pid === undefined) return {};
  return { go: { pid: Number(pid), state, cwd, connections: Number(connections) } };
}
