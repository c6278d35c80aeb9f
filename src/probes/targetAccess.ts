import { probe } from "../core/probe.ts";

/** What decides whether ptrace(2) lets us at the process that an attach names ("Ptrace access mode checking"). */
export interface TargetAccess {
  /** Real, effective, saved and file-system ids, as proc_pid_status(5) has them. */
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly ownUid: number;
  /** Names of the capabilities in its permitted set that are not in ours. */
  readonly more: readonly string[];
  /** Who owns /proc/PID: root where the process is not dumpable, else its effective user. */
  readonly owner: number;
  /** /proc/PID/exe, for which the kernel asks the same rights as for an attach; "" where it refuses. */
  readonly exe: string;
  /** What getcap(8) says of that file; "" where it says nothing or is not there. */
  readonly fileCapabilities: string;
  /** /proc/PID/uid_map reads as ours: it is not in a user namespace of its own. */
  readonly sameMap: boolean;
  /** The process that started it. */
  readonly parent: { readonly pid: number; readonly name: string };
}

/** Undefined where the attach names no process, or one that is not here. */
export const targetAccess = probe({
  id: "target-access",
  args: (launch) => [String(launch.config["processId"] ?? "")],
  sh: `
case $1 in '' | 0 | *[!0-9]*) exit 0 ;; esac
[ -r "/proc/$1/status" ] || exit 0
field() { sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status" 2>/dev/null; }
echo "uids" $(field "$1" Uid)
echo "gids" $(field "$1" Gid)
echo "own $(id -u)"
echo "its $(field "$1" CapPrm)"
echo "ours $(field self CapPrm)"
echo "owner $(ls -ldn "/proc/$1" | awk '{ print $3 }')"
echo "exe $(readlink "/proc/$1/exe" 2>/dev/null)"
echo "getcap $(getcap "/proc/$1/exe" 2>/dev/null | sed 's/^[^ ]* //')"
[ "$(cat "/proc/$1/uid_map" 2>/dev/null)" = "$(cat /proc/self/uid_map 2>/dev/null)" ] && echo samemap
p=$(field "$1" PPid)
echo "parent $p $(field "$p" Name)"
`,
  read({ stdout }): TargetAccess | undefined {
    const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(stdout)?.[1] ?? "";
    if (field("uids") === "") return undefined;
    const numbers = (name: string) => field(name).split(" ").map(Number);
    const bits = (name: string) => BigInt(`0x${field(name) || "0"}`);
    const [, parent = "0", name = ""] = /^(\d+) (.*)$/.exec(field("parent")) ?? [];
    return {
      uids: numbers("uids"),
      gids: numbers("gids"),
      ownUid: Number(field("own")),
      more: capabilityNames(bits("its") & ~bits("ours")),
      owner: Number(field("owner")),
      exe: field("exe"),
      fileCapabilities: field("getcap").trim(),
      sameMap: /^samemap$/m.test(stdout),
      parent: { pid: Number(parent), name },
    };
  },
});

/** The capabilities of linux/capability.h by their bits. */
const names =
  "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore".split(
    " ",
  );

function capabilityNames(set: bigint): string[] {
  return names.filter((_, bit) => (set & (1n << BigInt(bit))) !== 0n).map((name) => `cap_${name}`);
}
