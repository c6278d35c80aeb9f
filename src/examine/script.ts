import { envWithoutRecords } from "../core/goRecords.ts";
import type { Answer } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { exportLines, quote } from "../core/shell.ts";

/** A probe that says nothing of its own limit gets this, in ms. */
const defaultLimitMs = 10_000;

/** How many bytes of each stream are kept, and how many probes run at once on the host. */
const keptBytes = 256 * 1024;
const atOnce = 8;

/**
 * Builds one POSIX sh script that asks all `probes` and frames their answers, so that a diagnosis costs one round trip
 * wherever dlv runs. The environment of dlv goes in through the script's text, which is fed on stdin, and so never
 * shows in a process list; what has go write a file about itself is left out of it. `nonce` marks the frames; it must be
 * unguessable, because answers hold whatever a program prints.
 *
 * Its own variables begin with dd_, and no such name is taken over: a user's variable must never stand where the script
 * keeps what it removes at the end. The answers are kept in a directory that the script makes and removes: /dev/shm first, since "disk full" is among
 * the causes.
 */
export function writeScript(probes: readonly Probe<unknown>[], launch: Launch, nonce: string): string {
  const exports = exportLines(envWithoutRecords(launch.env));
  // Each lane asks one after the other, so that a slow answer keeps only its own lane waiting, and what may take longest begins
  // first. Whoever ends the script ends its lanes.
  const jobs = probes
    .map((one, index) => ({
      limit: seconds(one),
      line: `job ${index} ${seconds(one)} ${invocation(one, launch)}`,
    }))
    .sort((a, b) => b.limit - a.limit);
  const lanes = jobs.slice(0, atOnce).map((_, lane) => {
    const own = jobs.filter((_, place) => place % atOnce === lane).map(({ line }) => line);
    return `{\n${own.join("\n")}\n} & echo $! >"$dd_dir/lane${lane}.p"`;
  });
  return `main() {
dd_given=\${PATH-}
dd_own=$dd_given:/usr/local/bin:/usr/bin:/bin
PATH=$dd_own
dd_nocwd=
for dd_place in /dev/shm "\${TMPDIR:-/tmp}" /tmp /var/tmp "$HOME"; do
  dd_dir=$(mktemp -d "$dd_place/delve-doctor.XXXXXX" 2>/dev/null) && { echo x >"$dd_dir/x"; } 2>/dev/null && break
  [ -n "$dd_dir" ] && rm -rf "$dd_dir"
  dd_dir=
done
[ -n "$dd_dir" ] || { echo "no directory here can hold a file" >&2; exit 71; }
trap 'PATH=$dd_own; rm -rf "$dd_dir"' EXIT
trap 'PATH=$dd_own; kill $(cat "$dd_dir"/*.p 2>/dev/null) 2>/dev/null; exit 75' HUP INT TERM PIPE
dd_timeout=$(command -v timeout)
dd_head=$(command -v head)
PATH=$dd_given
${exports.join("\n")}
LAUNCH_PATH=$PATH; export LAUNCH_PATH
dd_system=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd ${quote(launch.cwd)} 2>/dev/null || { cd / && dd_nocwd=1; }
${lanes.join("\n")}
wait
PATH=$dd_system
dd_index=0
while [ $dd_index -lt ${probes.length} ]; do
  dd_code=
  { read -r dd_code <"$dd_dir/$dd_index.c"; } 2>/dev/null
  printf '\\n%s %s %s\\n' ${nonce} "$dd_index" "$dd_code"
  [ -s "$dd_dir/$dd_index.o" ] && cat "$dd_dir/$dd_index.o"
  printf '\\n%s err\\n' ${nonce}
  [ -s "$dd_dir/$dd_index.e" ] && cat "$dd_dir/$dd_index.e"
  dd_index=$((dd_index+1))
done
printf '\\n%s end\\n' ${nonce}
}
job() {
  dd_index=$1 dd_limit=$2 dd_with=$3; shift 3
  if [ "$dd_with" = launch ] && [ -n "\${dd_nocwd:-}" ]; then echo nocwd >"$dd_dir/$dd_index.c"; : >"$dd_dir/$dd_index.o"; : >"$dd_dir/$dd_index.e"; return; fi
  if [ "$dd_with" = launch ]; then dd_path=$LAUNCH_PATH; else dd_path=$dd_system; fi
  {
    { PATH=$dd_path \${dd_timeout:+"$dd_timeout" -k 1 "$dd_limit"} "$@" </dev/null & echo $! >"$dd_dir/$dd_index.p"; wait $!; echo $? >"$dd_dir/$dd_index.c"; : >"$dd_dir/$dd_index.p"; } 2>&3 | "$dd_head" -c ${keptBytes} >"$dd_dir/$dd_index.o"
  } 3>&1 | "$dd_head" -c ${keptBytes} >"$dd_dir/$dd_index.e"
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
      return say`the host's answer was cut off`;
    const head = out.slice(0, out.indexOf("\n"));
    const code = head.slice(head.indexOf(" ") + 1);
    if (code === "nocwd") return say`dlv's working directory does not exist`;
    if (code === "") return say`the probe was ended before it answered`;
    return {
      code: Number(code),
      stdout: out.slice(head.length + 1),
      stderr: err.slice("err\n".length),
      timedOut: code === "124" || code === "137",
    };
  });
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
