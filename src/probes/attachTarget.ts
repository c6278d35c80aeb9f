import { probe } from "../core/probe.ts";

/** The process that an attach names, beside the user who asks. */
export interface AttachTarget {
  readonly pid: number;
  readonly name: string;
  /** One letter of proc_pid_stat(5). */
  readonly state: string;
  readonly tracer: number;
  /** All of its real, effective, saved and file-system uids and gids are ours. */
  readonly ours: boolean;
  /** It may do what we may not: ptrace(2) then asks for CAP_SYS_PTRACE whatever Yama says. */
  readonly morePrivileged: boolean;
  readonly sameUserNamespace: boolean;
}

/** Reads the process that an attach names. Undefined where there is none. */
export const attachTarget = probe({
  id: "attach-target",
  args: (launch) => [String(launch.config["processId"] ?? "")],
  sh: `
case $1 in '' | 0 | *[!0-9]*) exit 0 ;; esac
[ -r "/proc/$1/status" ] || exit 0
echo "pid $1"
sed 's/^/target /' "/proc/$1/status"
sed 's/^/own /' /proc/self/status
echo "target userns $(readlink "/proc/$1/ns/user")"
echo "own userns $(readlink /proc/self/ns/user)"
`,
  read({ stdout }): AttachTarget | undefined {
    const pid = /^pid (\d+)$/m.exec(stdout)?.[1];
    if (pid === undefined) return undefined;
    const field = (of: "target" | "own", name: string) =>
      new RegExp(`^${of} ${name}:\\s*(.*)$`, "m").exec(stdout)?.[1]?.trim() ?? "";
    const words = (of: "target" | "own", name: string) => field(of, name).split(/\s+/);
    const capabilities = (of: "target" | "own") => BigInt(`0x${field(of, "CapPrm") || "0"}`);
    const namespaces = Array.from(stdout.matchAll(/userns (\S*)$/gm), ([, id]) => id);
    return {
      pid: Number(pid),
      name: field("target", "Name"),
      state: field("target", "State").charAt(0),
      tracer: Number(field("target", "TracerPid")),
      ours: ["Uid", "Gid"].every((ids) => words("target", ids).every((id) => id === words("own", ids)[0])),
      morePrivileged: (capabilities("target") & ~capabilities("own")) !== 0n,
      // The link of another user's process cannot be read; that is told apart by `ours`.
      sameUserNamespace: namespaces[0] === "" || namespaces[0] === namespaces[1],
    };
  },
});
