import { say } from "../../core/say.ts";
import type { Row } from "./row.ts";

/** Delve without rr on its PATH (backend rr, mode replay). */
export const backendUnavailable = /backend unavailable/;

/** Delve's own check before it starts rr. */
export const rrNeedsPerf = /rr needs \/proc\/sys\/kernel\/perf_event_paranoid <= 1, but it is (-?\d+)/;

const core = "pkg/proc/core/core.go";
const linux = "pkg/proc/core/linux_core.go";
const rr = "pkg/proc/gdbserial/rr.go";

/** Section K: core files and rr. */
export const postmortemTexts: readonly Row[] = [
  {
    id: "K1",
    text: /unrecognized core format/,
    sample: "Failed to launch: could not launch process: unrecognized core format",
    source: core,
    means: {
      why: say`neither an ELF core nor a minidump: packed, or a crash report around it`,
      attributes: ["coreFilePath"],
      write: say`the core file itself, unpacked`,
    },
  },
  {
    id: "K13",
    text: /Failed to launch(?: core file .*)?: (?:(?:unexpected )?EOF|cannot read ELF identifier '.*EOF'.*)$/m,
    sample: "Failed to launch core file /w/core: EOF",
    source: core,
    means: {
      why: say`a core file that ends before its header does`,
      attributes: ["coreFilePath"],
      write: say`the whole core file (ulimit -c unlimited)`,
    },
  },
  {
    id: "K2",
    text: / is not a core file/,
    sample: "Failed to launch: could not launch process: /w/app is not a core file",
    source: linux,
    means: {
      why: say`coreFilePath names an executable`,
      attributes: ["coreFilePath", "program"],
      write: say`the core file in coreFilePath, the executable in program`,
    },
  },
  {
    id: "K3",
    text: /architecture mismatch between core file/,
    sample: "architecture mismatch between core file (0x454d5f583836) and executable file (0x454d5f41415243)",
    source: linux,
    means: {
      why: say`another machine's core or executable`,
      attributes: ["program"],
      write: say`the executable that dumped this core`,
    },
  },
  {
    id: "K4",
    sample: "no error, and variables that make no sense",
    source: linux,
    means: {
      why: say`another executable than the one that dumped the core: build ids are not compared`,
      attributes: ["program"],
      write: say`the executable that dumped this core`,
    },
  },
  {
    id: "K5",
    text: /unsupported machine type|no threads found in core file|reading NT_\w+: |malformed delve header note/,
    sample: "Failed to launch: could not launch process: no threads found in core file",
    source: linux,
    means: {
      why: say`a core that is cut off, or of a machine that Delve does not know`,
      attributes: ["coreFilePath"],
      write: say`the whole core file (ulimit -c unlimited)`,
    },
  },
  {
    id: "K6",
    text: /can not continue execution of core process/,
    sample: "can not continue execution of core process",
    source: core,
    means: {
      why: say`a core does not run: the launch went on without a stop`,
      attributes: ["stopOnEntry"],
      write: say`true`,
      harmless: true,
    },
  },
  {
    id: "K7",
    text: backendUnavailable,
    sample: "Failed to launch: could not launch process: backend unavailable",
    source: rr,
    means: {
      why: "rr (or lldb-server) is not on the PATH that dlv gets",
      causes: ["rr-backend-perf"],
      attributes: ["backend", "mode"],
      write: say`"default", or install rr`,
    },
  },
  {
    id: "K8",
    text: rrNeedsPerf,
    sample: "rr needs /proc/sys/kernel/perf_event_paranoid <= 1, but it is 3.",
    source: rr,
    means: { why: "rr may not read the processor's counters", causes: ["rr-backend-perf"] },
  },
  {
    id: "K9",
    text: /malformed gdb command "/,
    sample: `malformed gdb command "gdb-script": EOF`,
    source: rr,
    means: { why: "an rr and a Delve that do not fit", causes: ["rr-backend-perf"] },
  },
  {
    id: "K10",
    text: /could not record target: /,
    sample: "could not record target: exit status 1",
    source: "service/debugger/debugger.go",
    means: {
      why: "rr failed to record: a virtual machine without a PMU, for example",
      causes: ["rr-backend-perf"],
    },
  },
  {
    id: "K11",
    sample: "a launch with the backend rr is not answered while the program lives",
    source: "service/debugger/debugger.go",
    means: { why: "rr records the whole run first", causes: ["rr-backend-perf"] },
  },
  {
    id: "K12",
    sample: "after a failed launch of a core, the next launch of the same session opens the core again",
    source: "service/dap/server.go",
    means: { why: "Delve keeps the path of the core; each launch here has a dlv of its own" },
  },
];
