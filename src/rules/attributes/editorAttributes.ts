import { say } from "../../core/say.ts";
import { type Attribute, both } from "./attribute.ts";

const common = { requests: both, reader: "vscode", adapter: "both" } as const;

/** What VS Code itself reads of every configuration, whatever its debugger. */
export const editorAttributes: readonly Attribute[] = [
  {
    ...common,
    name: "name",
    types: ["string"],
    says: () =>
      say`The name in the list of Run and Debug, in compounds and for \`delve-doctor launch --config\`. A configuration without one is not listed.`,
  },
  {
    ...common,
    name: "type",
    types: ["string"],
    values: [{ value: "go", says: () => say`the Go extension and Delve` }],
    says: () => say`Which debugger it is for: \`go\` is the Go extension with Delve.`,
  },
  {
    ...common,
    name: "request",
    types: ["string"],
    values: [
      { value: "launch", says: () => say`start a program` },
      { value: "attach", says: () => say`connect to one that runs` },
    ],
    says: () =>
      say`\`launch\` starts a program, \`attach\` connects to a process or to a debugger that runs already.`,
  },
  {
    ...common,
    name: "presentation",
    types: ["object"],
    says: () =>
      say`Where it stands in the list of Run and Debug: \`{ hidden, group, order }\`. A hidden one can still be started by a compound.`,
  },
  {
    ...common,
    name: "preLaunchTask",
    types: ["string", "object"],
    says: () =>
      say`The task of tasks.json that is run before the launch, by its label; \`\${defaultBuildTask}\` is the default build task. The launch waits for its end, or for the \`endsPattern\` of a background task.`,
  },
  {
    ...common,
    name: "postDebugTask",
    types: ["string", "object"],
    says: () => say`The task of tasks.json that is run after the session's end, by its label.`,
  },
  {
    ...common,
    name: "preRestartTask",
    types: ["string", "object"],
    says: () => say`The task of tasks.json that is run first when the session is restarted, by its label.`,
  },
  {
    ...common,
    name: "postRestartTask",
    types: ["string", "object"],
    says: () => say`The task of tasks.json that is run last when the session is restarted, by its label.`,
  },
  {
    ...common,
    name: "internalConsoleOptions",
    types: ["string"],
    values: [
      { value: "neverOpen", says: () => say`leave the Debug Console as it is` },
      { value: "openOnSessionStart", says: () => say`open it at every start` },
      { value: "openOnFirstSessionStart", says: () => say`open it at the first start of a window` },
    ],
    says: () => say`When VS Code opens the Debug Console by itself.`,
  },
  {
    ...common,
    name: "serverReadyAction",
    types: ["object"],
    says: () =>
      say`Opens a browser, or starts another configuration, when the program prints a line that matches \`pattern\`: \`{ action, pattern, uriFormat }\`. VS Code watches the Debug Console and its terminals for it.`,
  },
  {
    ...common,
    name: "suppressMultipleSessionWarning",
    types: ["boolean"],
    says: () => say`With \`true\` VS Code does not ask when the same configuration is started a second time.`,
  },
  {
    ...common,
    name: "debugServer",
    types: ["number"],
    says: () =>
      say`A port on this machine where a debug adapter listens already, such as \`dlv dap --listen=127.0.0.1:4711\`. VS Code connects there and golang.go starts no dlv. It is meant for those who work on an adapter; \`port\` does the same and takes a \`host\`.`,
  },
  ...["windows", "osx", "linux"].map(
    (name): Attribute => ({
      ...common,
      name,
      types: ["object"],
      says: () =>
        say`Attributes that count on this system alone; each takes the place of the one of the same name outside. It is the system of the machine where the Go extension runs.`,
    }),
  ),
];
