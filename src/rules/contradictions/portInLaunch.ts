import { allOf, quoted } from "../../core/lists.ts";
import { type Complaint, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf, isEmpty, isVariable } from "../attributes/adapter.ts";

/** What golang.go reads of a configuration only where it starts dlv itself (extension/src/goDebugFactory.ts). */
const ofOwnDlv = ["console", "asRoot", "dlvFlags", "showLog", "logOutput", "logDest"];

/** With port golang.go starts no dlv: that is right for whoever has started one, and the end of the launch for others. */
export const portInLaunch = rule({
  code: "DLV201",
  id: "port-in-launch",
  title: say`With port nobody starts dlv`,
  severity: "information",
  of: "configuration",
  prevents: ["remote-attach-vs-dap-server"],
  about: {
    what: 'A launch or a local attach with `"port"` is for a `dlv dap` that somebody has started, for instance as root or in a container: golang.go connects to that port, on `host` or 127.0.0.1, and starts nothing. Where nothing listens there, the launch fails with `connect ECONNREFUSED`. Without `port` golang.go starts dlv on a port that is free. An attach to a `dlv --headless` wants `"mode": "remote"` besides.\n\nIt is a warning where something else in the configuration only counts for a dlv that golang.go starts (`console`, `asRoot`, `dlvFlags`, `showLog`, `logOutput`, `logDest`), or where a local attach names no process.',
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "port": 2345, "host": "127.0.0.1" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}" }
  ]
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/docs/debugging.md#running-debugee-externally",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    const { port } = config;
    // What is no port is wrong-type's.
    if (!isVariable(port) && !(Number(port) > 0 && Number(port) < 65_536)) return;
    if (typeof port === "object" || config["debugServer"] || mode === "remote") return;
    if (adapterOf(view, world) !== "dlv-dap") return;
    const idle = ofOwnDlv.filter((name) => !isEmpty(config[name]) && config[name] !== "internalConsole");
    const remote = request === "attach" && !config["processId"] && !config["waitFor"];
    yield complain(view, idle, remote);
  },
});

function complain({ config }: View, idle: readonly string[], remote: boolean): Complaint {
  const host = config["host"] || "127.0.0.1";
  const own = ["port", "host"].filter((name) => Object.hasOwn(config, name));
  const without = {
    title: say`Remove ${allOf(own.map(quoted))}: golang.go starts dlv itself`,
    edits: own.map((name) => ({ at: [name] })),
  };
  const attach = {
    title: say`Write "mode": "remote", to attach to a dlv --headless`,
    edits: [{ at: ["mode"], value: "remote" }],
  };
  return {
    at: ["port"],
    severity: idle.length > 0 || remote ? "warning" : "information",
    message: told(`${String(host)}:${String(config["port"])}`, idle.map(quoted)),
    related: idle.map((name) => ({ at: [name], message: say`Counts for a dlv that golang.go starts` })),
    remedies: remote ? [attach, without] : [without],
  };
}

function told(address: string, idle: readonly string[]): string {
  const names = idle.join(", ");
  if (idle.length === 0)
    return say`With "port" golang.go starts no dlv: it connects to a \`dlv dap\` that must already listen at ${address}.`;
  return idle.length === 1
    ? say`With "port" golang.go starts no dlv: it connects to a \`dlv dap\` that must already listen at ${address}, and ${names} does nothing.`
    : say`With "port" golang.go starts no dlv: it connects to a \`dlv dap\` that must already listen at ${address}, and ${names} do nothing.`;
}
