import type { Fix, Scope } from "./fix.ts";
import { say } from "./say.ts";

/** What decides which fixes for a Yama denial can work at all. */
export interface PtraceBlock {
  /** The id of the cause that offers the fixes. */
  readonly cause: string;
  /** What /proc/sys/kernel/yama/ptrace_scope reads: 1, 2 or 3. */
  readonly scope: number;
  readonly request: "launch" | "attach";
  /** The dlv that is run; setcap(8) is offered only for an absolute path. */
  readonly dlv: string;
  /** True in a container: the sysctl is then the host's, and what the container itself lacks is a capability. */
  readonly container: boolean;
}

const sysctl = "kernel.yama.ptrace_scope";

/**
 * Where the setting is kept for the next boots. sysctl.d(5) applies files in the order of their names and Ubuntu ships
 * 10-ptrace.conf, so an earlier name would lose.
 */
export const ptraceDropIn = "/etc/sysctl.d/99-delve-doctor.conf";

/**
 * The remedies for kernel.yama.ptrace_scope, the one that changes least first (Linux Documentation/admin-guide/LSM/
 * Yama.rst). Scope 1 forbids only attaching to a process that is no descendant; scope 2 asks for CAP_SYS_PTRACE for every
 * trace; scope 3 forbids tracing to root too, and the kernel refuses to lower it.
 */
export function ptraceFixes(block: PtraceBlock): readonly Fix[] {
  const all = fixesFor(block);
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function fixesFor({ cause, scope, request, dlv, container }: PtraceBlock): Fix[] {
  const instead = request === "attach" && scope === 1 ? [launchInstead(cause)] : [];
  if (scope >= 3) return [reboot(cause, container)];
  if (container) return [...instead, addCapability(cause), hostSysctl(cause)];
  return [
    ...instead,
    untilReboot(cause, scope),
    ...(dlv.startsWith("/") ? [thisDlv(cause, dlv)] : []),
    forGood(cause, scope),
  ];
}

function advice(id: string, title: string, scope: Scope, text: string): Fix {
  return { id, title, preferred: false, needsRoot: false, scope, action: { kind: "advice", text } };
}

function launchInstead(cause: string): Fix {
  return advice(
    `${cause}/launch-instead`,
    say`Launch the program under Delve instead of attaching to it`,
    "launch",
    say`Nothing on the machine needs to change: a program that dlv itself starts may be traced with ptrace_scope 1. Use a configuration with "request": "launch" and "mode": "exec" for a binary, or "debug" for its sources.`,
  );
}

function untilReboot(cause: string, scope: number): Fix {
  return {
    id: `${cause}/until-reboot`,
    title: say`Allow processes of one user to trace each other until the next reboot`,
    preferred: false,
    needsRoot: true,
    scope: "until-reboot",
    action: {
      kind: "command",
      argv: ["sysctl", "-w", `${sysctl}=0`],
      undo: ["sysctl", "-w", `${sysctl}=${scope}`],
    },
  };
}

function thisDlv(cause: string, dlv: string): Fix {
  return {
    id: `${cause}/this-dlv`,
    title: say`Give CAP_SYS_PTRACE to this dlv only (whoever may run it can then trace any process)`,
    preferred: false,
    needsRoot: true,
    scope: "dlv",
    action: {
      kind: "command",
      argv: ["setcap", "cap_sys_ptrace+ep", dlv],
      undo: ["setcap", "-r", dlv],
    },
  };
}

function forGood(cause: string, scope: number): Fix {
  // Fixed texts only: nothing of the user's is ever parsed as shell.
  const write = `echo '${sysctl} = 0' > ${ptraceDropIn} && sysctl -p ${ptraceDropIn}`;
  const remove = `rm -f ${ptraceDropIn} && sysctl -w ${sysctl}=${scope}`;
  return {
    id: `${cause}/drop-in`,
    title: say`Allow processes of one user to trace each other, on every boot`,
    preferred: false,
    needsRoot: true,
    scope: "machine",
    action: { kind: "command", argv: ["sh", "-c", write], undo: ["sh", "-c", remove] },
  };
}

function reboot(cause: string, container: boolean): Fix {
  const text = container
    ? say`The kernel refuses to lower ${sysctl} from 3, even for root. On the container's host, find what sets it (grep -r ptrace_scope /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d; the kernel command line), change it to 1 or 0, and reboot.`
    : say`The kernel refuses to lower ${sysctl} from 3, even for root. On the machine, find what sets it (grep -r ptrace_scope /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d; the kernel command line), change it to 1 or 0, and reboot.`;
  return advice(
    `${cause}/reboot`,
    say`Remove ptrace_scope 3 from the boot configuration and reboot`,
    "machine",
    text,
  );
}

function addCapability(cause: string): Fix {
  return advice(
    `${cause}/add-sys-ptrace`,
    say`Give the container the SYS_PTRACE capability`,
    "machine",
    [
      say`Create the container anew with one of these, and run dlv as root in it:`,
      say`devcontainer.json: "runArgs": ["--cap-add=SYS_PTRACE"], or "capAdd": ["SYS_PTRACE"]`,
      say`compose: cap_add: [SYS_PTRACE] under the service`,
      say`pod: securityContext: {capabilities: {add: [SYS_PTRACE]}} under the container`,
    ].join("\n"),
  );
}

function hostSysctl(cause: string): Fix {
  return advice(
    `${cause}/host-sysctl`,
    say`Change the setting on the container's host`,
    "until-reboot",
    say`A container shares ${sysctl} with its host and cannot change it. On the host, as root: sysctl -w ${sysctl}=0. It acts on every process of the host until its next reboot.`,
  );
}
