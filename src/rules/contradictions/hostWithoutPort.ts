import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { inTerminal, startsDlv } from "../../core/starts.ts";
import { adapterOf } from "../attributes/adapter.ts";

/** Addresses at which a dlv of this machine may well be meant to listen. */
const ownAddress = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|::1?|\[::1?\])$/i;

/** Without port there is nothing to connect to: golang.go makes its own dlv listen at that host. */
export const hostWithoutPort = rule({
  code: "DLV202",
  id: "host-without-port",
  title: say`host without port leads to no server`,
  severity: "warning",
  of: "configuration",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: "`host` says where to connect only together with `port`. Without `port` golang.go starts dlv on the editor's own machine with `--listen=HOST:…`: for the address of another machine dlv ends with `couldn't start listener: … cannot assign requested address`, and for one of this machine everybody in the network can reach it.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "host": "192.0.2.7" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}" }
  ]
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts"],
  },
  *check(view, world) {
    const host = view.config["host"];
    if (typeof host !== "string" || host === "" || host.includes("${") || ownAddress.test(host)) return;
    if (view.config["delveDoctor"] !== undefined) return;
    // A dlv in a terminal dials back, and listens nowhere.
    if (!startsDlv(view) || inTerminal(view) || adapterOf(view, world) !== "dlv-dap") return;
    yield {
      at: ["host"],
      message: say`Without "port" golang.go starts dlv on this machine and makes it listen at ${host}: it connects to nothing that runs there.`,
      remedies: [{ title: say`Remove "host"`, edits: [{ at: ["host"] }] }],
    };
  },
});
