import { say } from "../../core/say.ts";
import { either, type Row } from "./row.ts";

/** Apple's debugserver that ended before it talked to dlv, and its own reason: Delve 1.2 to 1.27, debugserver of LLDB 1200 to 1500. */
export const stubExited =
  /stub exited while (?:waiting for connection|attempting to connect)|failed to get the task for process \d+/;

/** dlv that runs as an Intel program on Apple silicon: Delve 1.7 to 1.27. */
export const underRosetta =
  /can not run under Rosetta, check that the (?:installed build of Go|terminal\/shell in use) is right/;

/** Apple's wrappers around clang, and dlv's own words where debugserver is missing: Xcode 7 to 16, Delve 1.20 to 1.27. */
export const xcodeRefuses =
  /You have not agreed to the Xcode|Agreeing to the Xcode\/iOS license requires|xcrun: error: (.+)|no developer tools were found|debugserver or lldb-server not found/;

/** CreateProcess refused on Windows, as Go prints it: ERROR_VIRUS_INFECTED, ERROR_ACCESS_DENIED and ERROR_CANT_ACCESS_FILE. */
export const virusFound =
  /fork\/exec (.+?): Operation did not complete successfully because the file contains a virus/;

export const processRefused =
  /fork\/exec (.+?): (Access is denied|The file cannot be accessed by the system)/;

/** The same by AppLocker or a software restriction (ERROR_ACCESS_DISABLED_BY_POLICY), and by Application Control. */
export const policyBlocks =
  /(?:fork\/exec (.+?): )?(This program is blocked by group policy|An Application Control policy has blocked this file)/;

/** The program that dlv built and may not remove on Windows: Delve 1.5 to 1.26. */
export const binaryHeld =
  /could not remove (.+?): remove .+: (Access is denied|The process cannot access the file because it is being used by another process)/;

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
      causes: ["macos-debugserver-refused"],
    },
  },
  {
    id: "I2",
    text: /stub exited while attempting to connect: /,
    sample: "stub exited while attempting to connect: exit status 1",
    source: gdb,
    means: { why: "lldb-server died", causes: ["macos-debugserver-refused"] },
  },
  {
    id: "I3",
    text: /failed to get the task for process (\d+)/,
    sample: "error: failed to get the task for process 71 (launched) (os/kern) failure (0x5)",
    source: "debugserver",
    means: {
      why: "an entitlement is missing, or the program has a hardened runtime",
      causes: ["macos-debugserver-refused"],
    },
  },
  {
    id: "I4",
    text: xcodeRefuses,
    sample: "debugserver or lldb-server not found: install Xcode's command line tools or lldb-server",
    source: "service/debugger/debugger.go",
    means: {
      why: "Xcode's command line tools are missing",
      causes: ["macos-debugserver-refused", "xcode-licence"],
    },
  },
  {
    id: "I5",
    text: underRosetta,
    sample:
      "can not run under Rosetta, check that the installed build of Go is right for your CPU architecture",
    source: "pkg/internal/macutil/rosetta_darwin.go",
    means: { why: "an amd64 dlv or terminal on Apple Silicon", causes: ["rosetta-wrong-arch-go"] },
  },
  {
    id: "I6",
    text: /too many transmit attempts|protocol error E\d\d during |unsupported packet /,
    sample: "protocol error E01 during write memory for packet $M1,1:00#00",
    source: "pkg/proc/gdbserial/gdbserver_conn.go",
    means: {
      why: "stub and Delve do not understand each other",
      causes: ["macos-xcode16-dwarf", "arm64-or-m1-hang-version"],
    },
  },
  {
    id: "I7",
    text: /native backend disabled during compilation|could not fork\/exec$/m,
    sample: "could not launch process: native backend disabled during compilation",
    source: "pkg/proc/native/nonative_darwin.go",
    means: {
      why: say`a dlv without the native backend of macOS`,
      attributes: ["backend"],
      write: say`"default"`,
    },
  },
  {
    id: "I8",
    sample: "`could not launch process: EOF` (F6) on macOS",
    source: gdb,
    means: { why: "debugserver crashed in its handshake", causes: ["macos-debugserver-refused"] },
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
    text: either(virusFound, processRefused),
    sample: "could not launch process: fork/exec C:\\w\\__debug_bin.exe: Access is denied.",
    source: "Windows",
    means: {
      why: "a virus scanner or a policy holds the binary",
      causes: ["antivirus-blocks-dlv", "windows-policy-blocks-exe", "windows-debug-bin-locked"],
    },
  },
  {
    id: "J6",
    text: policyBlocks,
    sample:
      "fork/exec C:\\w\\__debug_bin.exe: This program is blocked by group policy. For more information, contact your system administrator.",
    source: "Windows",
    means: {
      why: "AppLocker, a software restriction or Application Control",
      causes: ["windows-policy-blocks-exe"],
    },
  },
  {
    id: "J7",
    text: binaryHeld,
    sample: "could not remove C:\\w\\__debug_bin.exe: remove C:\\w\\__debug_bin.exe: Access is denied.",
    source: "pkg/gobuild/gobuild.go",
    means: {
      why: "another process keeps the binary of the last launch",
      causes: ["windows-debug-bin-locked"],
    },
  },
  {
    id: "J3",
    text: /%1 is not a valid Win32 application/,
    sample: "could not launch process: fork/exec C:\\w\\app.exe: %1 is not a valid Win32 application.",
    source: "Windows",
    means: { why: "a binary for another processor", causes: ["goos-goarch-leak", "exec-format-prebuilt"] },
  },
  {
    id: "J4",
    text: /lldb backend not supported on Windows/,
    sample: "lldb backend not supported on Windows",
    source: gdb,
    means: { why: say`a backend that Windows does not have`, attributes: ["backend"], write: say`"default"` },
  },
  {
    id: "J5",
    text: /Using `logDest` on windows is not allowed/,
    sample: "Using `logDest` on windows is not allowed",
    source: "golang.go: extension/src/goDebugFactory.ts",
    means: {
      why: say`golang.go cannot pass a file handle there`,
      attributes: ["logDest"],
      write: say`nothing`,
    },
  },
];
