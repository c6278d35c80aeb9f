import { say } from "../../core/say.ts";
import { either, type Row } from "./row.ts";

/** Debug information that Delve cannot read; the second also of a binary that was stripped: Delve 1.22 to 1.24. */
export const dwarfStrings =
  /decoding dwarf section info at offset 0x[0-9a-f]+: DW_FORM_strx with no \.debug_str_offsets section/;

export const dwarfTooShort = /decoding dwarf section info at offset 0x0: too short/;

const unreadable = /could not open debug info/;
const missing = /Warning: no debug info found/;
const neither = /could not read debug info/;

/** A program without debug information: the error of Delve up to 1.20, the warning of 1.21 and newer, the breakpoint of 1.24.1. */
export const noDwarf = either(unreadable, missing, neither, /binary is stripped/);

/** Delve's version check, said after the whole build; up to 1.7.2 it does not name the program's Go. */
export const delveTooOld = /Version of Delve is too old for (?:Go version (\S+)|this version of Go)/;
export const goTooOld = /(?:Go version (\S+)|Version of Go) is too old for this version of Delve/;

/** dlv built with a Go before 1.25, and a program with DWARF 5: Delve 1.24.2 and newer. */
export const dwarf5Refused = /To debug executables using DWARFv5 or later Delve must be built with Go/;

const info = "pkg/proc/bininfo.go";
const compat = "pkg/goversion/compat.go";

/** Section F: the binary and its debug information. */
export const binaryTexts: readonly Row[] = [
  {
    id: "F1",
    text: unreadable,
    sample:
      "Failed to launch: could not launch process: could not open debug info - debuggee must not be built with 'go run' or -ldflags='-s -w', which strip debug info",
    source: info,
    means: { why: "a stripped binary, or no Go program at all", causes: ["no-debug-info"] },
  },
  {
    id: "F2",
    text: missing,
    sample:
      "Warning: no debug info found, some functionality will be missing such as stack traces and variable evaluation.",
    source: info,
    delve: { since: "1.21.0" },
    means: { why: "stripped; functions are known from the pclntab alone", causes: ["no-debug-info"] },
  },
  {
    id: "F3",
    text: neither,
    sample: "could not read debug info (EOF) and could not read go symbol table (no pclntab)",
    source: info,
    delve: { since: "1.21.0" },
    means: { why: "packed (upx, garble) or no Go program", causes: ["no-debug-info"] },
  },
  {
    id: "F4",
    text: /could not find moduledata|could not find rodata struct member|error loading binary info from Go runtime: /,
    sample: "could not find moduledata",
    source: info,
    delve: { since: "1.22.1" },
    means: {
      why: "a stripped binary of a Go that this Delve does not know",
      causes: ["no-debug-info", "delve-go-version-window"],
    },
  },
  {
    id: "F15",
    text: dwarfStrings,
    sample: "decoding dwarf section info at offset 0x1c: DW_FORM_strx with no .debug_str_offsets section",
    source: "go: src/debug/dwarf/entry.go",
    means: { why: "Xcode 16's linker and a Delve before it", causes: ["macos-xcode16-dwarf"] },
  },
  {
    id: "F5",
    text: /decoding dwarf section \w+ at offset /,
    sample: "decoding dwarf section info at offset 0x0: too short",
    source: "go: src/debug/dwarf/buf.go",
    means: {
      why: "debug information is cut off, or in a form that this Delve does not read",
      causes: ["macos-xcode16-dwarf"],
    },
  },
  {
    id: "F6",
    text: /could not launch process: (?:EOF|bad magic number.*|too short.*)$/m,
    sample: "Failed to launch: could not launch process: bad magic number '[0 0 0 0]' in record at byte 0x0",
    source: "go: src/debug/elf/file.go",
    means: {
      why: "a copy of a binary that is not complete; on macOS a debugserver that crashed",
      causes: ["macos-debugserver-refused"],
      attributes: ["program"],
      write: say`the whole file: copy or build it anew`,
    },
  },
  {
    id: "F7",
    text: /could not determine the base address of a PIE/,
    sample: "could not determine the base address of a PIE",
    source: info,
    means: { why: say`the entry point is not known`, attributes: ["buildFlags"], write: say`-buildmode=exe` },
  },
  {
    id: "F8",
    text: /unsupported architecture of \S+ - only /,
    sample:
      "unsupported architecture of linux/mips - only linux/amd64, linux/arm64 and linux/386 are supported",
    source: info,
    means: { why: "a processor that Delve does not know", causes: ["unsupported-platform"] },
  },
  {
    id: "F9",
    sample: "no error: breakpoints are refused and the program runs free",
    source: info,
    means: { why: "a 386 binary under an amd64 dlv", causes: ["goos-goarch-leak"] },
  },
  {
    id: "F10",
    text: /can't open separate debug file|gnu_debuglink link ".*" not found|gnu_debuglink CRC check failed/,
    sample: `can't open separate debug file "/usr/lib/debug/app.debug": permission denied`,
    source: info,
    means: {
      why: "the .debug file beside the binary is missing or another one's",
      causes: ["no-debug-info"],
    },
  },
  {
    id: "F11",
    text: /could not (?:get|parse) \.debug_frame section: /,
    sample: "could not parse .debug_frame section: unexpected EOF",
    source: info,
    means: { why: "debug information is damaged" },
  },
  {
    id: "F12",
    text: /unsupported operating system$/m,
    sample: "unsupported operating system",
    source: info,
    means: { why: "a dlv that was built for another system", causes: ["unsupported-platform"] },
  },
  {
    id: "F13",
    text: /Download debug info for /,
    sample: "Download debug info for /usr/lib/libc.so.6: 12% (pause again to cancel)",
    source: "pkg/proc/debuginfod/debuginfod.go",
    delve: { since: "1.25.2" },
    means: {
      why: "debuginfod-find asks a server for debug information; before 1.25.2 and during the launch it does so in silence",
      causes: ["debuginfod-wait"],
    },
  },
  {
    id: "F14",
    text: /Warning: debugging executable built with trimpath/,
    sample: "Warning: debugging executable built with trimpath",
    source: "service/dap/server.go",
    delve: { since: "1.26.1" },
    means: { why: "the binary names no directories of sources", causes: ["trimpath"] },
  },
];

/** Section G: versions. Delve looks when the program has been built and started, and never in an attach. */
export const versionTexts: readonly Row[] = [
  {
    id: "G3",
    text: /undefined behavior - (?:version of Delve is too old for Go version|Go version \S+ is too old)/i,
    sample:
      "WARNING: undefined behavior - version of Delve is too old for Go version go1.99 (maximum supported version 1.27)",
    source: compat,
    means: {
      why: "the check is off (--check-go-version=false)",
      causes: ["delve-go-version-window"],
      harmless: true,
    },
  },
  {
    id: "G1",
    text: delveTooOld,
    sample:
      "Failed to launch: Version of Delve is too old for Go version go1.26.8 (maximum supported version 1.22, suppress this error with --check-go-version=false)",
    source: compat,
    means: { why: "Delve is older than the program's Go", causes: ["delve-go-version-window"] },
  },
  {
    id: "G2",
    text: goTooOld,
    sample:
      "Failed to launch: Go version go1.12 is too old for this version of Delve (minimum supported version 1.25, suppress this error with --check-go-version=false)",
    source: compat,
    means: { why: "the program's Go is older than Delve takes", causes: ["delve-go-version-window"] },
  },
  {
    id: "G4",
    text: dwarf5Refused,
    sample:
      "Failed to launch: To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later",
    source: compat,
    delve: { since: "1.24.2" },
    go: { since: "1.25" },
    means: { why: "dlv was built with a Go before 1.25", causes: ["dwarf5-delve-built-with-old-go"] },
  },
  {
    id: "G5",
    text: /executables built by Go 1\.11 or later need Delve built by Go 1\.11 or later/,
    sample: "executables built by Go 1.11 or later need Delve built by Go 1.11 or later",
    source: "service/debugger/debugger.go",
    means: { why: "dlv was built with an ancient Go", causes: ["delve-go-version-window"] },
  },
  {
    id: "G6",
    sample: "a headless server of Delve 1.7.2 or older does not understand DAP (B7)",
    source: "service/rpccommon/server.go",
    delve: { until: "1.7.2" },
    means: { why: "the server speaks JSON-RPC only" },
  },
];
