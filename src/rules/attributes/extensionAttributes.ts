import { say } from "../../core/say.ts";
import { type Attribute, attach, both, starting } from "./attribute.ts";

const golang = { requests: both, reader: "golang.go", adapter: "both" } as const;
const legacy = { requests: both, reader: "golang.go", adapter: "legacy" } as const;

/** What golang.go reads and Delve does not, and what is ours. */
export const extensionAttributes: readonly Attribute[] = [
  {
    ...golang,
    name: "debugAdapter",
    types: ["string"],
    values: [
      { value: "dlv-dap", says: () => say`dlv speaks the debug protocol itself` },
      { value: "legacy", says: () => say`golang.go's old adapter in between` },
    ],
    says: () =>
      say`\`dlv-dap\` is what golang.go takes, except for a remote attach where there is no local dlv that can guess paths (1.24): there it takes \`legacy\` without a word. Every other value is \`legacy\` too.`,
  },
  {
    ...golang,
    name: "port",
    types: ["number", "string"],
    says: () =>
      say`A port where a dlv listens already, on \`host\`. A remote attach wants a \`dlv --headless\`; every other configuration a \`dlv dap\`, and golang.go starts none.`,
  },
  {
    ...golang,
    name: "host",
    types: ["string"],
    says: () => say`The machine of \`port\`, 127.0.0.1 where nothing is written.`,
  },
  {
    ...golang,
    name: "console",
    modes: starting,
    types: ["string"],
    values: [
      { value: "internalConsole", says: () => say`the Debug Console, which has no input` },
      { value: "integratedTerminal", says: () => say`a terminal in VS Code` },
      { value: "externalTerminal", says: () => say`a terminal window` },
    ],
    says: () =>
      say`Where golang.go starts dlv, and with it the program: in a terminal the program can read what is typed. Not with \`port\`, and not in a remote attach.`,
  },
  {
    ...golang,
    adapter: "dlv-dap",
    name: "asRoot",
    modes: starting,
    types: ["boolean"],
    says: () =>
      say`Starts dlv with sudo, on Linux and macOS. It counts with a terminal in \`console\` only, where sudo can ask for the password.`,
  },
  {
    ...golang,
    name: "envFile",
    modes: starting,
    types: ["string", "string[]"],
    says: () =>
      say`Files of \`NAME=value\` lines, as absolute paths; the later win, \`env\` wins over all. golang.go reads them; Delve does not. A file that does not exist fails the launch.`,
  },
  {
    ...golang,
    name: "dlvFlags",
    modes: starting,
    types: ["string[]"],
    says: () =>
      say`Further flags for \`dlv dap\`, one a list entry: \`--check-go-version=false\`, \`--only-same-user=false\`. Flags of other dlv commands are accepted and do nothing.`,
  },
  {
    ...golang,
    name: "showLog",
    modes: starting,
    types: ["boolean"],
    says: () => say`Starts dlv with \`--log\` and shows its log in the Debug Console.`,
  },
  {
    ...golang,
    name: "logOutput",
    modes: starting,
    types: ["string", "string[]"],
    values: [
      { value: "debugger", says: () => say`what the debugger does` },
      { value: "dap", says: () => say`the messages with the editor` },
      { value: "rpc", says: () => say`the calls of a headless dlv` },
      { value: "gdbwire", says: () => say`the talk with lldb-server or rr` },
      { value: "lldbout", says: () => say`what lldb-server prints` },
      { value: "debuglineerr", says: () => say`faults in debug information` },
      { value: "fncall", says: () => say`calls of functions by the debugger` },
      { value: "minidump", says: () => say`the reading of a Windows minidump` },
      { value: "stack", says: () => say`how call stacks are read` },
    ],
    says: () =>
      say`What dlv logs, with commas between; it counts with \`showLog\` only. For a launch that hangs: \`dap,debugger\`.`,
  },
  {
    ...golang,
    adapter: "dlv-dap",
    name: "logDest",
    modes: starting,
    types: ["string"],
    says: () =>
      say`A file for dlv's log, as an absolute path. golang.go refuses a relative path and a number, and the whole attribute on Windows.`,
  },
  {
    ...legacy,
    name: "trace",
    types: ["string"],
    values: [
      { value: "verbose", says: () => say`everything` },
      { value: "trace", says: () => say`everything, into a file as well` },
      { value: "log", says: () => say`what the adapter does` },
      { value: "info", says: () => say`less` },
      { value: "warn", says: () => say`warnings` },
      { value: "error", says: () => say`errors, which is usual` },
    ],
    says: () =>
      say`How much golang.go's legacy adapter logs. With dlv-dap the log level of the output channel Go Debug counts instead; \`showLog\` and \`logOutput\` are for dlv's own log.`,
  },
  {
    ...legacy,
    requests: attach,
    name: "remotePath",
    types: ["string"],
    deprecated: () => say`dlv-dap ignores it: write \`substitutePath\`.`,
    says: () =>
      say`The directory of the sources on the other machine, for the legacy adapter. dlv-dap takes \`substitutePath\`.`,
  },
  {
    ...legacy,
    name: "apiVersion",
    types: ["integer"],
    values: [
      { value: 1, says: () => say`as of Delve before 1.0` },
      { value: 2, says: () => say`the usual one` },
    ],
    says: () =>
      say`The version of Delve's JSON-RPC that the legacy adapter speaks. dlv-dap speaks the debug protocol and ignores it.`,
  },
  {
    ...legacy,
    name: "useApiV1",
    types: ["boolean"],
    deprecated: () => say`the legacy adapter takes it for \`apiVersion\` 1, and dlv-dap ignores it.`,
    says: () => say`The same as \`apiVersion\` 1, for the legacy adapter.`,
  },
  {
    ...legacy,
    name: "dlvLoadConfig",
    types: ["object"],
    says: () =>
      say`How much of a value the legacy adapter loads. dlv-dap loads values when they are opened; since Delve 1.27.1 it has \`maxStringLen\` and \`maxArrayValues\`.`,
  },
  {
    ...golang,
    name: "dlvToolPath",
    types: ["string"],
    says: () =>
      say`The dlv to start, for Delve Doctor and for other editors. golang.go writes its own in here, which the setting \`go.alternateTools\` names: \`{ "dlv": "/path/to/dlv" }\`.`,
  },
  {
    name: "delveDoctor",
    requests: both,
    types: ["object"],
    reader: "delve-doctor",
    adapter: "dlv-dap",
    says: () =>
      say`Where Delve Doctor runs dlv: \`{ on, folder?, dlv? }\`, with \`on\` as \`ssh:ALIAS\`, \`docker:NAME\`, \`podman:NAME\` or \`kubectl:POD\`. golang.go and Delve do not look at it.`,
  },
];
