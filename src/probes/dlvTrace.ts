import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** What came of dlv's own try to start a process under ptrace. "absent": there is no such dlv; "other": not Linux. */
export type TraceOutcome = "allowed" | "EPERM" | "EACCES" | "ENOSYS" | "absent" | "other";

/** The rules that the dlv process itself ran under (proc_pid_status(5)); they may differ from the caller's. */
export interface DlvRules {
  /** The program behind a wrapper: /proc/PID/exe of dlv. */
  readonly exe: string;
  /** 0 none, 1 strict, 2 a filter. */
  readonly seccomp: number;
  readonly noNewPrivs: boolean;
  /** The process that traces dlv, 0 when none. */
  readonly tracer: number;
  /** The name of that process, where there is one. */
  readonly tracedBy?: string;
  /** CAP_SYS_PTRACE in the effective set, file capabilities of dlv included. */
  readonly sysPtrace: boolean;
  /** The AppArmor profile on dlv and its mode, such as enforce or complain; absent where it is confined by none. */
  readonly profile?: { readonly name: string; readonly mode: string };
}

/** dlv's own answer, its words, and its rules where they could be read. */
export interface DlvTrace {
  readonly outcome: TraceOutcome;
  readonly text: string;
  readonly rules?: DlvRules;
  /** What the program behind the wrapper comes to when it is run without the wrapper. */
  readonly direct?: TraceOutcome;
  /**
   * What came of dlv's attach to a second dlv, which runs under the same rules: tried where the start was refused with
   * EACCES, because there it may be the execve(2) that is refused and not the ptrace(2). Allowed is what the kernel calls
   * traced (TracerPid); both are then ended, because reading the debug information of a whole dlv takes long.
   */
  readonly attach?: "allowed" | "EPERM" | "EACCES";
}

/**
 * Lets the very dlv of the launch start `true` under ptrace (`dlv exec`, told to exit): no port, nothing of the user's.
 *
 * Its configuration directory is one of ours that is removed again, so it leaves no history; Go's telemetry is off in it,
 * because its process would outlive dlv and write once more. The configuration file in it is a pipe: dlv waits there
 * until its own /proc/PID/status and exe have been read, and a wrapper around it hides neither. An emulator of a processor
 * is no dlv, and is not run by itself; in the child of a fork it may wait for ever for a lock that another thread held
 * (seen with qemu-user 7.2, about once in twenty-five), so there dlv is ended after three seconds and tried again.
 */
export const dlvTrace = probe({
  id: "dlv-trace",
  limitMs: 15_000,
  args: (launch) => [launch.dlv],
  sh: `
d= e= p= t0=
[ "$(uname -s)" = Linux ] || { echo "outcome other"; exit 0; }
command -v awk >/dev/null || { echo "there is no awk to find dlv's process with" >&2; exit 71; }
for t in /bin/true /usr/bin/true /run/current-system/sw/bin/true; do [ -x "$t" ] && break; done
for place in /dev/shm "\${TMPDIR:-/tmp}" /tmp "$HOME"; do
  d=$(mktemp -d "$place/delve-doctor.XXXXXX" 2>/dev/null) && break
done
[ -n "$d" ] || { echo "no directory here can hold a file" >&2; exit 71; }
trap 'exec 9>&-; rm -rf "$d"' EXIT
trap 'exit 75' HUP INT TERM
c=$d/dlv/config.yml
settings() { mkdir -p "$1/dlv" "$1/go/telemetry" && echo off >"$1/go/telemetry/mode"; }
run() { echo exit | env PATH="$LAUNCH_PATH" XDG_CONFIG_HOME="$1" "$2" "$3" --allow-non-terminal-interactive=true "$4" 2>&1; }
hold() {
  rm -f "$c" "$d/rc"
  settings "$d" && mkfifo "$c" && exec 9<>"$c" || exit 71
  { run "$d" "$1" exec "$t" >"$2"; echo $? >"$d/rc"; } 9>&- &
  p=
  while [ -z "$p" ] && [ ! -s "$d/rc" ]; do
    sleep 0.05
    p=$(ls -ln /proc/[0-9]*/fd 2>/dev/null 9>&- | awk -v f="$c" 'index($0, "/proc/") == 1 { split($0, a, "/"); pid = a[3] }
      $NF == f && $(NF - 2) != 9 { print pid; exit }' 9>&-)
  done
}
release() {
  rm -f "$c"
  : >"$c"
  exec 9>&-
  case $e in *qemu-*)
    i=0
    until [ -s "$d/rc" ] || [ "$i" = 30 ]; do sleep 0.1; i=$((i + 1)); done
    [ -s "$d/rc" ] || kill -KILL $(cat "/proc/$p/task/"*/children) "$p" ;;
  esac
  wait
}
for try in 1 2 3; do
  hold "$1" "$d/o"
  if [ -n "$p" ]; then
    e=$(readlink "/proc/$p/exe")
    echo "exe $e"
    t0=$(sed -n 's/^TracerPid:.//p' "/proc/$p/status")
    grep -E '^(CapEff|NoNewPrivs|Seccomp|TracerPid):' "/proc/$p/status"
    [ "\${t0:-0}" = 0 ] || sed -n 's/^Name:./tracedby /p' "/proc/$t0/status"
    sed 's/^/label /' "/proc/$p/attr/apparmor/current" 2>/dev/null || sed 's/^/label /' "/proc/$p/attr/current" 2>/dev/null
  fi
  release
  [ "$(cat "$d/rc")" = 137 ] || break
done
echo "rc $(cat "$d/rc")"
w=$(PATH=$LAUNCH_PATH; command -v "$1")
case $e in *qemu-*|*rosetta*) e= ;; esac
if [ -n "$e" ] && [ "$e" != "$(readlink -f "$w")" ]; then
  run "$d" "$e" exec "$t" >"$d/direct"
  echo "direct $(tail -n 1 "$d/direct" | tr -d '\\r')"
fi
# A tracer that was there before is somebody's strace, and would be taken for the second dlv.
if [ -n "$e" ] && [ "$t0" = 0 ] && grep -q 'permission denied' "$d/o"; then
  hold "$1" /dev/null
  settings "$d/second"
  if [ -n "$p" ]; then
    { run "$d/second" "$1" attach "$p" >"$d/attach"; echo >"$d/attached"; } 9>&- &
    r=0
    until [ -s "$d/attached" ] || [ "$r" != 0 ]; do
      sleep 0.05
      r=$(sed -n 's/^TracerPid:.//p' "/proc/$p/status")
      r=\${r:-0}
    done
    [ "$r" = 0 ] || kill -KILL "$r"
    kill -KILL "$p"
    if [ "$r" = 0 ]; then echo "attach $(tr '\\r\\n' '  ' <"$d/attach")"; else echo "attach allowed"; fi
  fi
  release
fi
echo "said"
head -c 2000 "$d/o"
`,
  read({ code, stdout, stderr }): DlvTrace {
    if (/^outcome other$/m.test(stdout)) return { outcome: "other", text: "" };
    if (code !== 0)
      throw new Error(stderr.trim() || say`dlv could not be tried (exit status ${String(code)})`);
    const [head = "", said = ""] = stdout.split(/^said\n/m);
    const direct = /^direct (.*)$/m.exec(head)?.[1];
    const attach = /^attach (.*)$/m.exec(head)?.[1];
    const rc = Number(/^rc (\d+)$/m.exec(head)?.[1]);
    const rules = readRules(head);
    const outcome = rc === 127 || rc === 126 ? "absent" : outcomeOf(said);
    return {
      outcome,
      text: said.trim().split("\n").at(-1) ?? "",
      ...(rules !== undefined && { rules }),
      ...(direct !== undefined && { direct: outcomeOf(direct) }),
      ...(attach !== undefined && { attach: attachOf(attach) }),
    };
  },
});

/** An error after the fork (old Delve cannot read `true`, which is no Go program) means that the trace itself worked. */
function outcomeOf(said: string): TraceOutcome {
  const failure = /could not launch process: (.*)/.exec(said)?.[1];
  if (failure === undefined) {
    if (/\(dlv\)|Type 'help'/.test(said)) return "allowed";
    throw new Error(say`dlv exec said: ${said.trim() || say`nothing`}`);
  }
  if (!failure.startsWith("fork/exec")) return "allowed";
  if (failure.includes("operation not permitted")) return "EPERM";
  if (failure.includes("permission denied")) return "EACCES";
  if (failure.includes("function not implemented")) return "ENOSYS";
  throw new Error(say`dlv exec said: ${failure}`);
}

/** What dlv says of an attach that was refused; anything else came after it. */
function attachOf(said: string): "allowed" | "EPERM" | "EACCES" {
  if (/attach to pid \d+: permission denied/.test(said)) return "EACCES";
  return /attach to pid \d+: (?:operation not permitted|this could be caused)/.test(said)
    ? "EPERM"
    : "allowed";
}

const sysPtraceBit = 1n << 19n;

function readRules(head: string): DlvRules | undefined {
  const exe = /^exe (.+)$/m.exec(head)?.[1];
  if (exe === undefined) return undefined;
  const value = (name: string) => new RegExp(`^${name}:\\s*(\\w+)`, "m").exec(head)?.[1] ?? "0";
  const tracedBy = /^tracedby (.+)$/m.exec(head)?.[1];
  const [, name, mode] = /^label (.+) \((\w+)\)$/m.exec(head) ?? [];
  return {
    exe,
    seccomp: Number(value("Seccomp")),
    noNewPrivs: value("NoNewPrivs") === "1",
    tracer: Number(value("TracerPid")),
    ...(tracedBy !== undefined && { tracedBy }),
    sysPtrace: (BigInt(`0x${value("CapEff")}`) & sysPtraceBit) !== 0n,
    ...(name !== undefined && mode !== undefined && { profile: { name, mode } }),
  };
}
