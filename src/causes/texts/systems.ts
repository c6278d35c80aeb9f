import type { Row } from "./row.ts";

const gdb = "pkg/proc/gdbserial/gdbserver.go";

/** Section I: macOS, where dlv drives Apple's debugserver. Read in source and in public threads only. */
export const macosTexts: readonly Row[] = [
  {
    id: "I1",
    text: /stub exited while waiting for connection: /,
    sample: "could not launch process: stub exited while waiting for connection: exit status 0",
    source: gdb,
    means: {
      why: "debugserver was refused or crashed: developer mode, the group _developer, a security product",
    },
  },
  {
    id: "I2",
    text: /stub exited while attempting to connect: /,
    sample: "stub exited while attempting to connect: exit status 1",
    source: gdb,
    means: { why: "lldb-server died" },
  },
  {
    id: "I3",
    text: /failed to get the task for process (\d+)/,
    sample: "error: failed to get the task for process 71 (launched) (os/kern) failure (0x5)",
    source: "debugserver",
    means: { why: "an entitlement is missing, or the program has a hardened runtime" },
  },
  {
    id: "I4",
    text: /debugserver or lldb-server not found: /,
    sample: "debugserver or lldb-server not found: install Xcode's command line tools or lldb-server",
    source: "service/debugger/debugger.go",
    means: { why: "Xcode's command line tools are missing" },
  },
  {
    id: "I5",
    text: /can not run under Rosetta, check that/,
    sample:
      "can not run under Rosetta, check that the installed build of Go is right for your CPU architecture",
    source: "pkg/internal/macutil/rosetta_darwin.go",
    means: { why: "an amd64 dlv or terminal on Apple Silicon" },
  },
  {
    id: "I6",
    text: /too many transmit attempts|protocol error E\d\d during |unsupported packet /,
    sample: "protocol error E01 during write memory for packet $M1,1:00#00",
    source: "pkg/proc/gdbserial/gdbserver_conn.go",
    means: { why: "stub and Delve do not understand each other" },
  },
  {
    id: "I7",
    text: /native backend disabled during compilation|could not fork\/exec$/m,
    sample: "could not launch process: native backend disabled during compilation",
    source: "pkg/proc/native/nonative_darwin.go",
    means: { why: "a dlv without the native backend of macOS", attributes: ["backend"], write: '"default"' },
  },
  {
    id: "I8",
    sample: "`could not launch process: EOF` (F6) on macOS",
    source: gdb,
    means: { why: "debugserver crashed in its handshake" },
  },
  {
    id: "I9",
    sample: "dlv ends by SIGKILL as soon as it is started",
    source: "macOS",
    means: { why: "Gatekeeper: an unsigned or quarantined dlv", causes: ["dlv-dies-or-missing-at-start"] },
  },
];

/** Section J: Windows. Read in source and in the system's documentation only. */
export const windowsTexts: readonly Row[] = [
  {
    id: "J1",
    text: /ould not attach to pid (\d+): Access is denied/,
    sample:
      "could not attach to pid 7: Access is denied. also could not acquire debug privilege (OpenProcessToken: Access is denied.)",
    source: "pkg/proc/native/proc_windows.go",
    means: { why: "another user's or an elevated process" },
  },
  {
    id: "J2",
    text: /fork\/exec .*: (?:Access is denied|The file cannot be accessed|Operation did not complete successfully because the file contains a virus)/,
    sample: "could not launch process: fork/exec C:\\w\\__debug_bin.exe: Access is denied.",
    source: "Windows",
    means: {
      why: "a virus scanner or a policy holds the binary",
    },
  },
  {
    id: "J3",
    text: /%1 is not a valid Win32 application/,
    sample: "could not launch process: fork/exec C:\\w\\app.exe: %1 is not a valid Win32 application.",
    source: "Windows",
    means: { why: "a binary for another processor", causes: ["goos-goarch-leak"] },
  },
  {
    id: "J4",
    text: /lldb backend not supported on Windows/,
    sample: "lldb backend not supported on Windows",
    source: gdb,
    means: { why: "a backend that Windows does not have", attributes: ["backend"], write: '"default"' },
  },
  {
    id: "J5",
    text: /Using `logDest` on windows is not allowed/,
    sample: "Using `logDest` on windows is not allowed",
    source: "golang.go: extension/src/goDebugFactory.ts",
    means: { why: "golang.go cannot pass a file handle there", attributes: ["logDest"], write: "nothing" },
  },
];
