import type { Answer } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Probe } from "../core/probe.ts";

/** A probe that says nothing of its own limit gets this, in ms. */
const defaultLimitMs = 5000;

/** How many bytes of each stream are kept, and how many probes run at once on the host. */
const keptBytes = 256 * 1024;
const atOnce = 8;

/**
 * Builds one POSIX sh script that asks all `probes` and frames their answers, so that a diagnosis costs one round trip
 * wherever dlv runs. The environment of dlv goes in through the script's text, which is fed on stdin, and so never
 * shows in a process list. `nonce` marks the frames; it must be unguessable, because answers hold whatever a program
 * prints.
 *
 * The answers are kept in a directory that the script makes and removes: /dev/shm first, since "disk full" is among
 * the causes.
 */
export function writeScript(probes: readonly Probe<unknown>[], launch: Launch, nonce: string): string {
  const exports = Object.entries(launch.env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `export ${name}=${quote(value)}`);
  const jobs = probes.flatMap((one, index) => {
    const pause = (index + 1) % atOnce === 0 ? ["wait"] : [];
    return [`job ${index} ${seconds(one)} ${invocation(one, launch)} &`, ...pause];
  });
  return `main() {
GIVEN_PATH=\${PATH-}
OWN_PATH=$GIVEN_PATH:/usr/local/bin:/usr/bin:/bin
PATH=$OWN_PATH
for dir in /dev/shm "\${TMPDIR:-/tmp}" /tmp /var/tmp "$HOME"; do
  D=$(mktemp -d "$dir/delve-doctor.XXXXXX" 2>/dev/null) && { echo x >"$D/x"; } 2>/dev/null && break
  [ -n "$D" ] && rm -rf "$D"
  D=
done
[ -n "$D" ] || { echo "no directory here can hold a file" >&2; exit 71; }
trap 'PATH=$OWN_PATH; rm -rf "$D"' EXIT
trap 'PATH=$OWN_PATH; kill $(cat "$D"/*.p 2>/dev/null) 2>/dev/null; exit 75' HUP INT TERM PIPE
T=$(command -v timeout)
H=$(command -v head)
PATH=$GIVEN_PATH
${exports.join("\n")}
LAUNCH_PATH=$PATH; export LAUNCH_PATH
SYSTEM_PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd ${quote(launch.cwd)} 2>/dev/null || { cd / && NOCWD=1; }
${jobs.join("\n")}
wait
PATH=$SYSTEM_PATH
i=0
while [ $i -lt ${probes.length} ]; do
  printf '\\n%s %s %s\\n' ${nonce} "$i" "$(cat "$D/$i.c" 2>/dev/null)"
  cat "$D/$i.o"
  printf '\\n%s err\\n' ${nonce}
  cat "$D/$i.e"
  i=$((i+1))
done
printf '\\n%s end\\n' ${nonce}
}
job() {
  i=$1 t=$2 path=$3; shift 3
  if [ "$path" = launch ] && [ -n "\${NOCWD:-}" ]; then echo nocwd >"$D/$i.c"; : >"$D/$i.o"; : >"$D/$i.e"; return; fi
  if [ "$path" = launch ]; then P=$LAUNCH_PATH; else P=$SYSTEM_PATH; fi
  {
    { PATH=$P \${T:+"$T" -k 1 "$t"} "$@" </dev/null & echo $! >"$D/$i.p"; wait $!; echo $? >"$D/$i.c"; : >"$D/$i.p"; } 2>&3 | "$H" -c ${keptBytes} >"$D/$i.o"
  } 3>&1 | "$H" -c ${keptBytes} >"$D/$i.e"
}
main
`;
}

/** Reads the framed answers back, in the order of the probes. A string in place of an answer says why there is none. */
export function readAnswers(stdout: string, count: number, nonce: string): (Answer | string)[] {
  const frames = stdout.split(`\n${nonce} `).slice(1);
  return Array.from({ length: count }, (_, index) => {
    const out = frames[index * 2];
    const err = frames[index * 2 + 1];
    if (out === undefined || err === undefined || frames.length < index * 2 + 3)
      return "the host's answer was cut off";
    const head = out.slice(0, out.indexOf("\n"));
    const code = head.slice(head.indexOf(" ") + 1);
    if (code === "nocwd") return "dlv's working directory does not exist";
    if (code === "") return "the probe was ended before it answered";
    return {
      code: Number(code),
      stdout: out.slice(head.length + 1),
      stderr: err.slice("err\n".length),
      timedOut: code === "124" || code === "137",
    };
  });
}

/** One word of POSIX sh, whatever it holds. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function seconds(one: Probe<unknown>): number {
  return Math.ceil((one.limitMs ?? defaultLimitMs) / 1000);
}

function invocation(one: Probe<unknown>, launch: Launch): string {
  if ("sh" in one)
    return ["system", "sh", "-c", one.sh, one.id, ...(one.args?.(launch) ?? [])].map(quote).join(" ");
  const argv = typeof one.argv === "function" ? one.argv(launch) : one.argv;
  return ["launch", ...argv].map(quote).join(" ");
}
