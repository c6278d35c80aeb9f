import { probe } from "../core/probe.ts";

/** The user namespaces of dlv's side and of the process that an attach names, as far as they can be told from here. */
export interface UserNamespaces {
  readonly pid: number;
  readonly name: string;
  /** "user:[4026531837]"; empty where the link may not be read, which takes the same rights as ptrace itself. */
  readonly ours: string;
  readonly its: string;
  /** /proc/PID/uid_map, which anybody may read: two maps that differ are two namespaces. */
  readonly ourMap: string;
  readonly itsMap: string;
  /** /proc/PID/exe can be read: the kernel asks for the same rights there, but for Yama's. */
  readonly readable: boolean;
  /** dlv's side runs as the process's user or has CAP_SYS_PTRACE: within one namespace it would be let in. */
  readonly wouldBe: boolean;
}

/** Undefined where the attach names no process, or one that is not here. */
export const userNamespaces = probe({
  id: "user-namespaces",
  args: (launch) => [String(launch.config["processId"] ?? "")],
  sh: `
case $1 in '' | 0 | *[!0-9]*) exit 0 ;; esac
[ -r "/proc/$1/status" ] || exit 0
echo "pid $1"
echo "name $(sed -n 's/^Name:[[:space:]]*//p' "/proc/$1/status")"
echo "ours $(readlink /proc/self/ns/user)"
echo "its $(readlink "/proc/$1/ns/user" 2>/dev/null)"
echo "ourmap" $(cat /proc/self/uid_map 2>/dev/null)
echo "itsmap" $(cat "/proc/$1/uid_map" 2>/dev/null)
echo "cap $(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)"
echo "own $(id -u)"
echo "uids" $(sed -n 's/^Uid:[[:space:]]*//p' "/proc/$1/status")
readlink "/proc/$1/exe" >/dev/null 2>&1 && echo readable
exit 0
`,
  read({ stdout }): UserNamespaces | undefined {
    const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(stdout)?.[1] ?? "";
    const pid = Number(field("pid"));
    if (pid === 0) return undefined;
    return {
      pid,
      name: field("name"),
      ours: field("ours"),
      its: field("its"),
      ourMap: field("ourmap"),
      itsMap: field("itsmap"),
      readable: /^readable$/m.test(stdout),
      wouldBe:
        hasPtrace(field("cap")) ||
        field("uids")
          .split(" ")
          .every((uid) => uid === field("own")),
    };
  },
});

/** CAP_SYS_PTRACE is bit 19 of the effective set (capabilities(7)). */
function hasPtrace(effective: string): boolean {
  return /^[0-9a-f]+$/i.test(effective) && (BigInt(`0x${effective}`) & (1n << 19n)) !== 0n;
}
