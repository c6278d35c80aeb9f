import { say } from "../../core/say.ts";
import { either, type Row } from "./row.ts";

/** Delve's answer where the execute bit is no use, a noexec mount included: Delve 1.21 and newer, built with Go 1.20 or newer. */
export const notExecutable = /not an executable file/;

/** A test binary that go did not make, because the package has no tests: Delve up to 1.20. Newer ones leave an empty file there. */
export const noTestBinary = /open \S*__debug_bin\S*: no such file or directory/;

/** EACCES of execve(2). */
export const execDenied = /fork\/exec .*: permission denied/;

const execRefused = /fork\/exec .*: operation not permitted/;

/** EPERM of PTRACE_TRACEME, PTRACE_ATTACH or PTRACE_SEIZE. */
export const ptraceDenied = either(execRefused, /ould not attach to pid \d+: operation not permitted/);

/** ENOSYS of the same calls: a filter that answers it, or an emulated CPU. */
export const ptraceMissing = /(?:fork\/exec .*|attach to pid \d+): function not implemented/;

/** ENOENT of execve(2): the file, its ELF interpreter, or the working directory. */
export const execMissing = /fork\/exec (.*): no such file or directory/;

/** ENOEXEC of execve(2). */
export const execFormat = /exec format error/;

/** EAGAIN of clone(2) and fork(2), in the words of Go's runtime, of go and of libc. */
export const noMoreTasks =
  /fork.*: [Rr]esource temporarily unavailable|failed to create new OS thread|pthread_create failed/;

/** A program that runs, and that /proc does not show. */
export const noAuxiliaryVector = /could not read auxiliary vector/;

const unix = "pkg/proc/native/exec_unix.go";
const linux = "pkg/proc/native/proc_linux.go";
const exec = "kernel: execve(2), ptrace(2)";

/** Section E: dlv starts the program. `could not launch process: …`, with the kernel's words behind it. */
export const launchTexts: readonly Row[] = [
  {
    id: "E1",
    text: /could not launch process: open (.*): no such file or directory/,
    sample: "Failed to launch: could not launch process: open /w/none: no such file or directory",
    source: "service/debugger/debugger.go",
    means: {
      why: "the binary is not there; up to Delve 1.20 also a package without tests in mode test",
      causes: ["file-var-mode-mismatch"],
      attributes: ["program", "mode"],
      write: say`the path of the binary that is to be debugged (mode exec)`,
    },
  },
  {
    id: "E2",
    text: notExecutable,
    sample: "Failed to launch: could not launch process: not an executable file",
    source: "service/api/types.go",
    means: {
      why: "a directory, a script, a file without x bit, a package that is not main, one without tests, or a noexec mount",
      causes: [
        "noexec-mount",
        "not-executable-nonmain",
        "goos-goarch-leak",
        "exec-format-prebuilt",
        "file-var-mode-mismatch",
      ],
      attributes: ["program", "mode"],
      write: say`a Go program built for this machine (mode exec), or the directory of a package main (mode debug)`,
    },
  },
  {
    id: "E3",
    text: execMissing,
    sample:
      "Failed to launch: could not launch process: fork/exec /w/__debug_bin1: no such file or directory",
    source: exec,
    means: {
      why: "the working directory does not exist, or the binary's ELF interpreter (another libc)",
      causes: ["missing-elf-interpreter", "musl-loader-bug"],
      attributes: ["cwd"],
      write: say`a directory that exists on the host that dlv runs on`,
    },
  },
  {
    id: "E4",
    text: execDenied,
    sample: "Failed to launch: could not launch process: fork/exec /mnt/noexec/app: permission denied",
    source: exec,
    means: {
      why: "a noexec mount, a security module, or no x bit for this user",
      causes: ["noexec-mount", "apparmor-ptrace", "selinux-ptrace"],
    },
  },
  {
    id: "E5",
    text: execRefused,
    sample: "Failed to launch: could not launch process: fork/exec /w/__debug_bin1: operation not permitted",
    source: exec,
    means: {
      why: "PTRACE_TRACEME was refused",
      causes: [
        "container-ptrace-eperm",
        "yama-scope-2-3",
        "selinux-ptrace",
        "already-traced",
        "no-new-privs-sudo",
      ],
    },
  },
  {
    id: "E6",
    text: /fork\/exec .*: function not implemented/,
    sample: "Failed to launch: could not launch process: fork/exec /w/__debug_bin1: function not implemented",
    source: exec,
    means: {
      why: "an emulated CPU, or a filter that answers ENOSYS",
      causes: ["qemu-user-no-ptrace", "container-ptrace-eperm", "wsl1-ptrace"],
    },
  },
  {
    id: "E7",
    text: execFormat,
    sample: "Failed to launch: could not launch process: fork/exec /w/app: exec format error",
    source: exec,
    means: { why: "a binary for another processor", causes: ["goos-goarch-leak", "exec-format-prebuilt"] },
  },
  {
    id: "E8",
    text: /fork\/exec .*: text file busy/,
    sample: "Failed to launch: could not launch process: fork/exec /w/app: text file busy",
    source: exec,
    means: {
      why: say`the binary is still being written: try again`,
      attributes: ["program"],
      write: say`nothing else: wait for what copies it`,
    },
  },
  {
    id: "E9",
    text: either(noMoreTasks, /fork\/exec .*: cannot allocate memory/),
    sample: "Failed to launch: could not launch process: fork/exec /w/app: resource temporarily unavailable",
    source: exec,
    means: { why: "a limit on processes or memory", causes: ["oom-kill", "pids-or-nproc-limit"] },
  },
  {
    id: "E10",
    text: /fork\/exec .*: inappropriate ioctl for device/,
    sample: "Failed to launch: could not launch process: fork/exec /w/app: inappropriate ioctl for device",
    source: unix,
    means: {
      why: say`dlv's stdin is a terminal that is not its own`,
      attributes: ["console"],
      write: say`"integratedTerminal", or nothing`,
    },
  },
  {
    id: "E11",
    text: /(\S{1,400}) is not a terminal$/m,
    sample: "Failed to launch: could not launch process: /dev/null is not a terminal",
    source: unix,
    means: { why: say`--tty names something else`, attributes: ["dlvFlags"], write: say`no --tty` },
  },
  {
    id: "E12",
    text: /waiting for target execve failed: /,
    sample:
      "Failed to launch: could not launch process: waiting for target execve failed: no child processes",
    source: linux,
    means: { why: "wait4(2) failed under dlv" },
  },
  {
    id: "E13",
    text: noAuxiliaryVector,
    sample: "could not read auxiliary vector: open /proc/7/auxv: permission denied",
    source: linux,
    means: {
      why: "/proc of the program is not readable (hidepid, gVisor), or it is gone",
      causes: ["gvisor-systrap", "wsl1-ptrace"],
    },
  },
  {
    id: "E14",
    text: /could not read proc stat|no match found using regexp/,
    sample: "could not read proc stat: open /proc/7/stat: no such file or directory",
    source: linux,
    means: { why: "there is no /proc (chroot)" },
  },
  {
    id: "E15",
    text: /could not attach to new thread \d+|could not set options for new traced thread|error while waiting after adding thread|thread already exited \d+|wait err .* \d+/,
    sample: "could not attach to new thread 71 operation not permitted",
    source: linux,
    means: {
      why: "a thread came or went while dlv took hold of it, or ptrace is allowed in part",
      causes: ["container-ptrace-eperm"],
    },
  },
  {
    id: "E16",
    text: /SIGTRAP: trace trap/,
    sample: "SIGTRAP: trace trap\nPC=0x47b2a0 m=0 sigcode=128",
    source: "go: src/runtime/signal_unix.go",
    means: { why: "dlv was killed while its breakpoints stood in the program", causes: ["debuggee-killed"] },
  },
];
