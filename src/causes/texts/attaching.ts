import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

/** EACCES of PTRACE_ATTACH or PTRACE_SEIZE, which only a security module answers. */
export const attachForbidden = /ould not attach to pid \d+: permission denied/;

/** Delve says this of any EPERM in an attach while the file does not read 0. */
export const yamaHint = /try writing "0" to \/proc\/sys\/kernel\/yama\/ptrace_scope/;

/** An attach to a process that has a tracer: Delve 1.26.1 and newer. Older ones say what they say of any EPERM. */
export const alreadyDebugged = /ould not attach to pid \d+: already being debugged by pid \d+/;

/** Delve's word where EPERM came and /proc/PID is not its user's, so of a process that is not dumpable too. */
export const notOwner = /ould not attach to pid \d+: current user does not own the process/;

/** ESRCH of PTRACE_ATTACH or PTRACE_SEIZE. */
export const noSuchProcess = /ould not attach to pid \d+: no such process/;

const linux = "service/debugger/debugger_linux.go";
const native = "pkg/proc/native/proc_linux.go";
const server = "service/dap/server.go";

/** Section H: an attach on Linux. */
export const attachTexts: readonly Row[] = [
  {
    id: "H1",
    text: yamaHint,
    sample:
      'Failed to attach: Could not attach to pid 7: this could be caused by a kernel security setting, try writing "0" to /proc/sys/kernel/yama/ptrace_scope',
    source: linux,
    means: {
      why: "any EPERM while ptrace_scope is not 0: other user, traced already and not dumpable as well",
      causes: [
        "yama-scope1-attach",
        "yama-scope-2-3",
        "userns-mismatch",
        "already-traced",
        "setcap-or-setuid-target",
      ],
    },
  },
  {
    id: "H2",
    text: notOwner,
    sample: "Failed to attach: Could not attach to pid 7: current user does not own the process",
    source: linux,
    means: {
      why: "the process is another user's",
      causes: ["other-user-target"],
      attributes: ["processId"],
      write: say`a process of the user that dlv runs as`,
    },
  },
  {
    id: "H3",
    text: alreadyDebugged,
    sample: "Failed to attach: could not attach to pid 7: already being debugged by pid 9",
    source: linux,
    delve: { since: "1.26.1" },
    means: { why: "another debugger has the process", causes: ["already-traced"] },
  },
  {
    id: "H4",
    text: /ould not attach to pid \d+: operation not permitted/,
    sample: "Failed to attach: could not attach to pid 7: operation not permitted",
    source: linux,
    means: {
      why: "traced already (up to 1.26.0), not dumpable, more capable than dlv, in another user namespace, or behind a filter",
      causes: [
        "already-traced",
        "setcap-or-setuid-target",
        "userns-mismatch",
        "container-ptrace-eperm",
        "selinux-ptrace",
      ],
    },
  },
  {
    id: "H5",
    text: noSuchProcess,
    sample: "Failed to attach: could not attach to pid 999999: no such process",
    source: linux,
    means: {
      why: "the process has ended, or is one of another pid namespace",
      causes: ["zombie-or-gone-target", "pid-namespace"],
      attributes: ["processId"],
      write: say`the id of a process that runs where dlv runs, or "\${command:pickProcess}"`,
    },
  },
  {
    id: "H6",
    text: /ould not attach to pid \d+: function not implemented/,
    sample: "Failed to attach: could not attach to pid 7: function not implemented",
    source: linux,
    means: {
      why: "an emulated CPU, or a filter that answers ENOSYS",
      causes: ["qemu-user-no-ptrace", "container-ptrace-eperm"],
    },
  },
  {
    id: "H7",
    text: /ould not attach to pid (\d+): could not (?:open|read) debug info/,
    sample:
      "Failed to attach: could not attach to pid 7: could not open debug info - debuggee must not be built with 'go run' or -ldflags='-s -w', which strip debug info",
    source: "service/debugger/debugger.go",
    means: {
      why: "the process is stripped, or no Go program: `go run` strips, and its own process is the go tool",
      causes: ["no-debug-info"],
      attributes: ["processId"],
      write: say`the id of the program itself, built without -s and -w`,
    },
  },
  {
    id: "H8",
    text: /ould not attach to pid (\d+): (?:open|lstat|readlink) .*: (?:permission denied|no such file or directory)/,
    sample: "Failed to attach: could not attach to pid 7: open /proc/7/exe: permission denied",
    source: native,
    means: {
      why: "its binary lies in another mount namespace, or /proc hides it",
      causes: ["userns-mismatch"],
    },
  },
  {
    id: "H13",
    text: attachForbidden,
    sample: "Failed to attach: could not attach to pid 7: permission denied",
    source: linux,
    means: { why: "EACCES: a security module forbids it", causes: ["apparmor-ptrace", "selinux-ptrace"] },
  },
  {
    id: "H9",
    text: /waitfor (?:duration expired|not implemented)/,
    sample: "waitfor duration expired",
    source: "pkg/proc/native/proc.go",
    delve: { since: "1.21.1" },
    means: {
      why: say`no process of that name came, or the backend cannot wait`,
      attributes: ["waitFor"],
      write: say`the beginning of the program's command line`,
    },
  },
  {
    id: "H10",
    sample: "no answer; the process is in state D, traced by a thread of dlv",
    source: native,
    means: {
      why: "it sits in an uninterruptible sleep and never takes the SIGSTOP",
      causes: ["nfs-lock-hang"],
    },
  },
  {
    id: "H11",
    sample: "no answer to an attach with waitFor",
    source: server,
    means: {
      why: say`no process of that name; Delve waits for ever`,
      attributes: ["waitFor"],
      write: say`the beginning of the program's command line`,
    },
  },
  {
    id: "H12",
    text: /Failed to attach: Process \d+ has exited with status/,
    sample: "Failed to attach: Process 71 has exited with status 0",
    source: server,
    means: { why: "the program of the headless server has ended: start the server anew" },
  },
];
