import type { Row } from "./row.ts";

/** A breakpoint in a file that the program does not know under this path. A stripped one says more. */
export const fileNotFound = /^could not find file (?!.*, binary is stripped$)/;

/** What a Go program says of standard input that has nothing more: io.EOF, bufio and fmt.Scanln's own words. */
export const inputEnded = /unexpected newline|unexpected EOF|\bEOF\b/;

/** What a test binary with -test.v prints when a test begins: Go 1.19 and newer. */
export const testBegun = /^=== RUN\s/m;

const info = "pkg/proc/bininfo.go";
const server = "service/dap/server.go";
const paths = [
  "substitute-path-missing",
  "symlinked-workspace",
  "path-case-or-drive-letter",
  "trimpath",
  "bazel-paths",
];

/** Section L: breakpoints and the first stop. The texts are answers of setBreakpoints. */
export const stoppingTexts: readonly Row[] = [
  {
    id: "L2",
    text: /could not find (?:file|statement at) .*, binary is stripped/,
    sample: "could not find file /w/main.go, binary is stripped",
    source: info,
    delve: { since: "1.24.1" },
    means: { why: "a stripped binary knows no files", causes: ["no-debug-info"] },
  },
  {
    id: "L1",
    text: fileNotFound,
    sample: "could not find file /w/main.go",
    source: info,
    means: { why: "the program knows the file under another path, or not at all", causes: paths },
  },
  {
    id: "L3",
    text: /could not find statement at (.*), please use a line with a statement/,
    sample: "could not find statement at /w/main.go:2, please use a line with a statement",
    source: info,
    means: { why: "a blank line, a comment, or code that was optimised away", harmless: true },
  },
  {
    id: "L4",
    text: /could not find function |could not be parsed as a function|breakpoint names that are relative paths are not supported/,
    sample: "could not find function main.nope",
    source: server,
    means: { why: "a function breakpoint that names no function", harmless: true },
  },
  {
    id: "L5",
    text: /^(?:.*: )?input\/output error$/m,
    sample: "input/output error",
    source: "kernel: ptrace(2), EIO",
    means: {
      why: "the address is not mapped: an amd64 container under Rosetta, or a wrong base address",
      causes: ["qemu-user-no-ptrace"],
    },
  },
  {
    id: "L6",
    text: /[Bb]reakpoint (?:exists at|already exists)/,
    sample: "Breakpoint exists at /w/main.go:6 at 47b2a0",
    source: "pkg/proc/breakpoints.go",
    means: { why: "the same breakpoint twice", harmless: true },
  },
  {
    id: "L7",
    text: /hardware breakpoints (?:exhausted|not implemented)/,
    sample: "hardware breakpoints exhausted",
    source: "pkg/proc/amd64util/debugregs.go",
    means: { why: "more data breakpoints than the processor has registers", harmless: true },
  },
  {
    id: "L8",
    text: /unable to set breakpoint$/m,
    sample: "unable to set breakpoint",
    source: server,
    delve: { since: "1.26.0" },
    means: { why: "its place is not loaded yet (a plugin, a followed child)", harmless: true },
  },
  {
    id: "L9",
    text: /Unable to set or clear breakpoints: /,
    sample: "Unable to set or clear breakpoints: empty file path",
    source: server,
    means: { why: "the client named no file, or the program could not be halted" },
  },
  {
    id: "L10",
    sample: "no stop; breakpoints are verified and the program runs or sleeps",
    source: "the program",
    means: {
      why: "it never comes by that line",
      causes: ["stdin-in-debug-console", "testmain-waits", "stopped-process", "bp-set-while-running-hang"],
    },
  },
  {
    id: "L11",
    sample: "no stop; the program is traced and stopped while dlv has a child debuginfod-find",
    source: "pkg/proc/debuginfod/debuginfod.go",
    means: {
      why: "debug information of shared libraries is fetched at the first stop (F13)",
      causes: ["debuginfod-wait"],
    },
  },
  {
    id: "L12",
    text: /Process (\d+) has exited with status (-?\d+)/,
    sample: "Process 71 has exited with status 0",
    source: "pkg/proc/target.go",
    means: {
      why: "the program has ended; a negative status is a signal",
      causes: ["debuggee-killed"],
      harmless: true,
    },
  },
];
