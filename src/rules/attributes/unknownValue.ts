import { closest } from "../../core/distance.ts";
import { type Complaint, type Remedy, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import type { World } from "../../core/world.ts";
import { adapterOf, isVariable } from "./adapter.ts";
import { attributeOf } from "./table.ts";

/** A text that is none of those that an attribute knows. */
export const unknownValue = rule({
  code: "DLV104",
  id: "unknown-value",
  title: say`An attribute has a value that nobody knows`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused", "wrong-popular-settings"],
  about: {
    what: "Delve refuses a `mode`, `backend` or `outputMode` that it does not know, and VS Code a `request`; capital letters count. golang.go and VS Code pass over other values in silence and do what they do without one: a `console` that does not exist is the Debug Console, every `debugAdapter` but `dlv-dap` is the legacy one.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debgu", "program": "\${workspaceFolder}" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}" }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
  },
  check: unknownValues,
});

/** The same of any view: settings become attributes of each launch. */
export function* unknownValues(view: View, world: World): Iterable<Complaint> {
  const { config } = view;
  for (const [name, judge] of Object.entries(judges)) {
    const value = config[name];
    if (value === undefined || value === null || value === "") continue;
    if (isVariable(value) && name !== "processId") continue;
    yield* judge(value, view, adapterOf(view, world));
  }
}

type Adapter = ReturnType<typeof adapterOf>;
type Judge = (value: unknown, view: View, adapter: Adapter) => Iterable<Complaint>;

const judges: Readonly<Record<string, Judge>> = {
  *request(value) {
    yield* oneOf("request", value, ["launch", "attach"], say`VS Code refuses to start this configuration.`);
  },
  *mode(value, { request, config }, adapter) {
    // The modes of an attach are attach-mode's.
    if (request !== "launch" || config["request"] !== "launch" || adapter === "legacy") return;
    if (value === "remote" || value === "local") {
      yield {
        at: ["mode"],
        message: say`"${value}" is a mode of an attach: dlv-dap refuses it in a launch.`,
        ...(adapter === undefined && { severity: "warning" }),
        remedies: [{ title: say`Write "request": "attach"`, edits: [{ at: ["request"], value: "attach" }] }],
      };
      return;
    }
    const modes = ["auto", "debug", "test", "exec", "replay", "core"];
    yield* oneOf("mode", value, modes, say`Delve refuses the launch.`);
  },
  *backend(value, { request, mode }, adapter) {
    if (mode === "replay" || mode === "core" || mode === "remote" || adapter === undefined) return;
    const backends = request === "attach" ? ["default", "native", "lldb"] : valuesOf("backend");
    const then = request === "attach" ? say`Delve refuses the attach.` : say`Delve refuses the launch.`;
    yield* oneOf("backend", value, backends, then);
  },
  *outputMode(value, { request }, adapter) {
    if (request === "launch" && adapter === "dlv-dap")
      yield* oneOf("outputMode", value, valuesOf("outputMode"), say`Delve refuses the launch.`);
  },
  *console(value, _view, adapter) {
    if (adapter === "dlv-dap") yield* mild("console", value, say`golang.go takes the Debug Console instead.`);
  },
  *debugAdapter(value) {
    yield* mild("debugAdapter", value, say`golang.go takes every name but "dlv-dap" for the legacy adapter.`);
  },
  *internalConsoleOptions(value) {
    yield* mild("internalConsoleOptions", value, say`VS Code does what it does without one.`);
  },
  *logOutput(value) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (typeof text !== "string" || text.includes("${")) return;
    const words = text.split(",");
    for (const word of new Set(words)) {
      if (valuesOf("logOutput").includes(word)) continue;
      const meant = valuesOf("logOutput").includes(word.trim())
        ? word.trim()
        : closest(word.trim(), valuesOf("logOutput"));
      const rest = words.map((one) => (one === word ? meant : one)).filter((one) => one !== undefined);
      yield {
        at: ["logOutput"],
        severity: "warning",
        message:
          word.trim() !== word && word.trim() === meant
            ? say`dlv takes the space in "${word}" for a part of the name, and warns of it: write the names with commas alone.`
            : say`dlv logs no "${word.trim()}": there are ${valuesOf("logOutput").join(", ")}.`,
        remedies: [
          rest.length === 0
            ? { title: say`Remove "logOutput"`, edits: [{ at: ["logOutput"] }] }
            : {
                title: say`Write "${rest.join(",")}"`,
                edits: [{ at: ["logOutput"], value: rest.join(",") }],
              },
        ],
      };
    }
  },
  *logDest(value, { config, mode }, adapter) {
    const terminal = ["integratedTerminal", "externalTerminal"].includes(String(config["console"]));
    if (adapter !== "dlv-dap" || terminal || config["port"] || mode === "remote") return;
    if (typeof value !== "string" || /^([/\\]|[a-z]:[/\\])/i.test(value)) return;
    yield {
      at: ["logDest"],
      message: say`"logDest" must be an absolute path: golang.go refuses "${value}".`,
      remedies: [
        {
          ...(/^~\//.test(value)
            ? {
                title: say`Write it from \${userHome}`,
                edits: [{ at: ["logDest"], value: `\${userHome}${value.slice(1)}` }],
              }
            : {
                title: say`Write it from the workspace folder`,
                edits: [{ at: ["logDest"], value: `\${workspaceFolder}/${value.replace(/^\.\//, "")}` }],
              }),
        },
      ],
    };
  },
  *processId(value, { request, mode }) {
    if (request !== "attach") return;
    if (typeof value === "number" && value < 0)
      yield { at: ["processId"], message: say`No process has the id ${value}: Delve refuses the attach.` };
    // golang.go looks at it before VS Code replaces variables, and knows these two.
    if (mode === "local" && isVariable(value) && !/^\$\{command:pick(Go)?Process\}$/.test(String(value)))
      yield {
        at: ["processId"],
        severity: "warning",
        message: say`golang.go takes "${String(value)}" for the name of a process and shows its own list: it knows "\${command:pickProcess}" and "\${command:pickGoProcess}" only.`,
        remedies: ["pickGoProcess", "pickProcess"].map((command) => ({
          title: say`Write "\${command:${command}}"`,
          edits: [{ at: ["processId"], value: `\${command:${command}}` }],
        })),
      };
    if (mode === "local" && typeof value === "string" && /^\d+$/.test(value))
      yield {
        at: ["processId"],
        severity: "warning",
        message: say`golang.go looks for a process of the name "${value}", and Delve takes no text: a process id is a number without quotes.`,
        remedies: [{ title: say`Write ${value}`, edits: [{ at: ["processId"], value: Number(value) }] }],
      };
  },
};

function valuesOf(name: string): readonly string[] {
  return (attributeOf(name)?.values ?? []).map(({ value }) => String(value));
}

function* oneOf(name: string, value: unknown, known: readonly string[], then: string): Iterable<Complaint> {
  if (typeof value !== "string" || known.includes(value)) return;
  const meant = closest(value, known);
  const sorted = meant === undefined ? known : [meant, ...known.filter((one) => one !== meant)];
  const remedies: readonly Remedy[] = sorted
    .slice(0, 3)
    .map((one) => ({ title: say`Write "${name}": "${one}"`, edits: [{ at: [name], value: one }] }));
  yield {
    at: [name],
    message: say`There is no ${name} "${value}": there are ${known.join(", ")}. ${then}`,
    remedies: meant === undefined && known.length > 3 ? [] : remedies,
  };
}

function* mild(name: string, value: unknown, then: string): Iterable<Complaint> {
  for (const { severity: _, ...complaint } of oneOf(name, value, valuesOf(name), then))
    yield { ...complaint, severity: "warning" };
}
