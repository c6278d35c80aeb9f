import { say } from "../../core/say.ts";
import { type Attribute, attach, both, building } from "./attribute.ts";

const common = { requests: both, reader: "delve", adapter: "dlv-dap" } as const;
const inBoth = { requests: both, reader: "delve", adapter: "both" } as const;

/** What Delve reads of a launch and of an attach (LaunchAttachCommonConfig), and of an attach alone (AttachConfig). */
export const sessionAttributes: readonly Attribute[] = [
  {
    ...inBoth,
    requests: attach,
    name: "processId",
    modes: ["local"],
    types: ["integer", "string"],
    says: () =>
      say`The process to attach to, by its number. golang.go shows a list for 0, for nothing and for \`\${command:pickProcess}\` (all processes) or \`\${command:pickGoProcess}\` (those of Go), and takes another text for the name of a process. Delve itself takes nothing but a number.`,
  },
  {
    ...common,
    requests: attach,
    name: "waitFor",
    modes: ["local"],
    types: ["string"],
    since: "1.22.1",
    says: () =>
      say`Delve waits for a process whose name or path starts so, and attaches to the first. It cannot stand beside \`processId\`; golang.go 0.58 asks for a process all the same where \`processId\` is not written.`,
  },
  {
    ...common,
    requests: attach,
    name: "guessSubstitutePath",
    modes: ["remote"],
    types: ["object"],
    since: "1.24.0",
    says: () =>
      say`What \`dlv substitute-path-guess-helper\` printed about the modules of this machine, from which the remote Delve guesses \`substitutePath\`. golang.go fills it in by itself for a remote attach without a \`debugAdapter\`.`,
  },
  {
    ...inBoth,
    name: "substitutePath",
    types: ["pairs"],
    says: () =>
      say`Pairs of a path here (\`from\`) and the path that the binary was built from (\`to\`); Delve sets breakpoints and shows sources by them. Both must be there; an empty one stands for a binary built with \`-trimpath\`. The first pair that fits counts.`,
  },
  {
    ...inBoth,
    name: "stopOnEntry",
    types: ["boolean"],
    says: () => say`Stops before the first line of the program; after an attach, leaves the process halted.`,
  },
  {
    ...inBoth,
    name: "backend",
    modes: [...building, "exec", "local"],
    types: ["string"],
    values: [
      { value: "default", says: () => say`native; on macOS lldb` },
      { value: "native", says: () => say`Delve's own` },
      { value: "lldb", says: () => say`debugserver or lldb-server` },
      { value: "rr", says: () => say`record with Mozilla rr, and step back` },
    ],
    says: () =>
      say`What Delve controls the process with. The modes \`replay\` and \`core\` choose their own.`,
  },
  {
    ...inBoth,
    name: "stackTraceDepth",
    types: ["integer"],
    says: () => say`The most frames of a call stack, 50 where nothing is written.`,
  },
  {
    ...common,
    name: "maxStringLen",
    types: ["integer"],
    since: "1.27.1",
    says: () =>
      say`The most bytes of a text that are loaded for the Variables view, 512 where nothing is written.`,
  },
  {
    ...common,
    name: "maxArrayValues",
    types: ["integer"],
    since: "1.27.1",
    says: () =>
      say`The most elements of an array, slice or map that are loaded at once, 64 where nothing is written.`,
  },
  {
    ...inBoth,
    name: "showGlobalVariables",
    types: ["boolean"],
    says: () =>
      say`Shows the variables of the package in the Variables view. A package with many makes each stop slower.`,
  },
  {
    ...common,
    name: "showRegisters",
    types: ["boolean"],
    since: "1.7.3",
    says: () => say`Shows the registers of the processor in the Variables view.`,
  },
  {
    ...common,
    name: "showRawStrings",
    types: ["boolean"],
    since: "1.27.1",
    says: () => say`Shows line breaks and tabs of texts as such, and not as \`\\n\` and \`\\t\`.`,
  },
  {
    ...common,
    name: "hideSystemGoroutines",
    types: ["boolean"],
    since: "1.7.3",
    says: () => say`Leaves the goroutines of the runtime out of the Call Stack view.`,
  },
  {
    ...common,
    name: "goroutineFilters",
    types: ["string"],
    since: "1.8.0",
    says: () =>
      say`Which goroutines the Call Stack view shows, as of the command \`goroutines\`: \`-w userloc main.go\`, \`-with label worker\`.`,
  },
  {
    ...common,
    name: "showPprofLabels",
    types: ["string[]"],
    since: "1.22.0",
    says: () =>
      say`The keys of pprof labels that name a goroutine in the Call Stack view; \`["*"]\` shows all.`,
  },
  {
    ...common,
    name: "followExec",
    types: ["boolean"],
    since: "1.26.0",
    says: () => say`Debugs the processes that the program starts as well. In a launch, on Linux and Windows.`,
  },
  {
    ...common,
    name: "followExecRegex",
    types: ["string"],
    since: "1.26.0",
    says: () => say`With \`followExec\`: only children whose command line matches this regular expression.`,
  },
];
