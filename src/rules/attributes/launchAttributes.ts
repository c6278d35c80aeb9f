import { say } from "../../core/say.ts";
import { type Attribute, building, launch, starting } from "./attribute.ts";

const common = { requests: launch, reader: "delve", adapter: "dlv-dap" } as const;
const inBoth = { requests: launch, reader: "delve", adapter: "both" } as const;
/** Where a process is started: a recording and a core file have had theirs. */
const running = [...building, "exec"];

/** What Delve reads of a launch alone (LaunchConfig), and `mode`, which an attach has as well. */
export const launchAttributes: readonly Attribute[] = [
  {
    name: "mode",
    requests: ["launch", "attach"],
    types: ["string"],
    values: [
      { value: "auto", says: () => say`debug or test, by the file in the editor`, of: "launch" },
      { value: "debug", says: () => say`build a main package and debug it`, of: "launch" },
      { value: "test", says: () => say`build a package's tests and debug them`, of: "launch" },
      { value: "exec", says: () => say`debug a binary that is built already`, of: "launch" },
      { value: "replay", says: () => say`replay a recording of Mozilla rr`, of: "launch" },
      { value: "core", says: () => say`look at a core file`, of: "launch" },
      { value: "local", says: () => say`attach to a process by its id`, of: "attach" },
      { value: "remote", says: () => say`attach to a dlv --headless that runs`, of: "attach" },
    ],
    reader: "delve",
    adapter: "both",
    says: () =>
      say`What is debugged. A launch: \`debug\` (build and run), \`test\`, \`exec\` (a binary), \`replay\`, \`core\`, and \`auto\`, of which golang.go makes \`debug\` or \`test\` by the file in the editor; Delve itself does not know \`auto\`. An attach: \`local\` (a process) or \`remote\` (a \`dlv --headless\` that runs already). Not written, it is \`auto\` for a launch and \`local\` for an attach.`,
  },
  {
    ...inBoth,
    name: "program",
    types: ["string"],
    says: () =>
      say`What is built or run: a package's directory or a .go file in it (\`debug\`, \`test\`), a binary (\`exec\`, \`core\`). golang.go takes a relative path from the workspace folder, and starts dlv in the package's directory, so that go finds its module. With \`port\` or \`debugServer\` it is a path on the machine of that dlv.`,
  },
  {
    ...inBoth,
    name: "args",
    modes: running,
    types: ["string[]", "string"],
    says: () =>
      say`The program's arguments, one text each. golang.go splits a single text into words as a shell does; Delve itself takes nothing but a list. In the mode \`test\` these are arguments of the test binary: \`-test.run\`, \`-test.v\`.`,
  },
  {
    ...inBoth,
    name: "cwd",
    types: ["string"],
    says: () =>
      say`The directory that the program runs in. Not written, it is the one dlv runs in, which golang.go makes the program's package; for tests it is the package of the tests. \`go build\` does not run there: see \`dlvCwd\`.`,
  },
  {
    requests: ["launch", "attach"],
    reader: "delve",
    adapter: "both",
    name: "env",
    modes: starting,
    types: ["variables"],
    says: () =>
      say`Environment variables of dlv, \`go build\` and the program, as texts; \`null\` removes one. They win over \`envFile\`, which wins over the setting \`go.toolsEnvVars\`. Delve refuses numbers and truth values: write \`"8080"\`. In a local attach they are dlv's alone.`,
  },
  {
    ...inBoth,
    name: "buildFlags",
    modes: building,
    types: ["string", "string[]"],
    says: () =>
      say`Flags for \`go build\` or \`go test -c\`. In one text, quote what has spaces in it: \`-ldflags='-X main.v=1 -X main.w=2'\`; in a list (Delve 1.21.1) each entry is one argument as it is. golang.go takes \`-gcflags\` out of a text, because Delve sets its own to switch optimizations off.`,
  },
  {
    ...inBoth,
    name: "output",
    modes: building,
    types: ["string"],
    says: () =>
      say`Where the binary is built. Not written, it is a \`__debug_bin…\` in the directory that dlv runs in. Delve removes it at the end of the session.`,
  },
  {
    ...common,
    name: "dlvCwd",
    types: ["string"],
    since: "1.7.3",
    says: () =>
      say`The directory that dlv changes to before anything else: relative paths of the other attributes and \`go build\` start there.`,
  },
  {
    ...inBoth,
    name: "noDebug",
    types: ["boolean"],
    says: () => say`Runs the program without a debugger, as Ctrl+F5 does: no breakpoints, no restart.`,
  },
  {
    ...common,
    name: "coreFilePath",
    modes: ["core"],
    types: ["string"],
    since: "1.7.1",
    says: () => say`The core file to look at, in the mode \`core\`; \`program\` is the binary that left it.`,
  },
  {
    ...common,
    name: "traceDirPath",
    modes: ["replay"],
    types: ["string"],
    since: "1.7.1",
    says: () => say`The directory of a recording of Mozilla rr, in the mode \`replay\`.`,
  },
  {
    ...common,
    name: "outputMode",
    modes: running,
    types: ["string"],
    values: [
      { value: "local", says: () => say`where dlv prints` },
      { value: "remote", says: () => say`through the debug protocol, to the editor` },
    ],
    since: "1.21.1",
    says: () =>
      say`Where the program's output goes: \`local\`, which is usual, into dlv's own streams, \`remote\` through the debug protocol into the Debug Console. \`remote\` is for a dlv that somebody else started; it cannot be combined with \`stdoutTo\` or \`stderrTo\`.`,
  },
  ...(
    [
      [
        "stdinFrom",
        () =>
          say`A file that the program's standard input comes from. golang.go's Debug Console has no input; a file or a terminal has.`,
      ],
      [
        "stdoutTo",
        () => say`A file that the program's standard output goes to, instead of the Debug Console.`,
      ],
      [
        "stderrTo",
        () => say`A file that the program's standard error goes to, instead of the Debug Console.`,
      ],
    ] as const
  ).map(
    ([name, says]): Attribute => ({
      ...common,
      name,
      modes: running,
      types: ["string"],
      since: "1.26.0",
      says,
    }),
  ),
];
