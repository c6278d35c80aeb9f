import { type Attribute, both } from "./attribute.ts";

const common = { requests: both, reader: "vscode", adapter: "both" } as const;

/** What VS Code itself reads of every configuration, whatever its debugger. */
export const editorAttributes: readonly Attribute[] = [
  {
    ...common,
    name: "name",
    types: ["string"],
    says: "The name in the list of Run and Debug, in compounds and for `delve-doctor launch --config`. A configuration without one is not listed.",
  },
  {
    ...common,
    name: "type",
    types: ["string"],
    values: [{ value: "go", says: "the Go extension and Delve" }],
    says: "Which debugger it is for: `go` is the Go extension with Delve.",
  },
  {
    ...common,
    name: "request",
    types: ["string"],
    values: [
      { value: "launch", says: "start a program" },
      { value: "attach", says: "connect to one that runs" },
    ],
    says: "`launch` starts a program, `attach` connects to a process or to a debugger that runs already.",
  },
  {
    ...common,
    name: "presentation",
    types: ["object"],
    says: "Where it stands in the list of Run and Debug: `{ hidden, group, order }`. A hidden one can still be started by a compound.",
  },
  {
    ...common,
    name: "preLaunchTask",
    types: ["string", "object"],
    says: "The task of tasks.json that is run before the launch, by its label; `${defaultBuildTask}` is the default build task. The launch waits for its end, or for the `endsPattern` of a background task.",
  },
  {
    ...common,
    name: "postDebugTask",
    types: ["string", "object"],
    says: "The task of tasks.json that is run after the session's end, by its label.",
  },
  {
    ...common,
    name: "preRestartTask",
    types: ["string", "object"],
    says: "The task of tasks.json that is run first when the session is restarted, by its label.",
  },
  {
    ...common,
    name: "postRestartTask",
    types: ["string", "object"],
    says: "The task of tasks.json that is run last when the session is restarted, by its label.",
  },
  {
    ...common,
    name: "internalConsoleOptions",
    types: ["string"],
    values: [
      { value: "neverOpen", says: "leave the Debug Console as it is" },
      { value: "openOnSessionStart", says: "open it at every start" },
      { value: "openOnFirstSessionStart", says: "open it at the first start of a window" },
    ],
    says: "When VS Code opens the Debug Console by itself.",
  },
  {
    ...common,
    name: "serverReadyAction",
    types: ["object"],
    says: "Opens a browser, or starts another configuration, when the program prints a line that matches `pattern`: `{ action, pattern, uriFormat }`. VS Code watches the Debug Console and its terminals for it.",
  },
  {
    ...common,
    name: "suppressMultipleSessionWarning",
    types: ["boolean"],
    says: "With `true` VS Code does not ask when the same configuration is started a second time.",
  },
  {
    ...common,
    name: "debugServer",
    types: ["number"],
    says: "A port on this machine where a debug adapter listens already, such as `dlv dap --listen=127.0.0.1:4711`. VS Code connects there and golang.go starts no dlv. It is meant for those who work on an adapter; `port` does the same and takes a `host`.",
  },
  ...["windows", "osx", "linux"].map(
    (name): Attribute => ({
      ...common,
      name,
      types: ["object"],
      says: "Attributes that count on this system alone; each takes the place of the one of the same name outside. It is the system of the machine where the Go extension runs.",
    }),
  ),
];
