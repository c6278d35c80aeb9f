import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";

/** golang.go takes a configuration without a request for none at all. */
export const missingRequest = rule({
  code: "DLV109",
  id: "missing-request",
  title: say`A configuration without a request is not the one that is started`,
  severity: "warning",
  of: "configuration",
  prevents: [],
  about: {
    what: "Where `request` is missing golang.go puts a launch of its own in the place of the configuration: mode `auto`, and as `program` the directory of the Go file in the editor, whatever `mode` and `program` say. With no Go file in the editor nothing starts, without a word.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "mode": "debug", "program": "\${workspaceFolder}/cmd/server" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/cmd/server" }
  ]
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check({ config }) {
    if (config["request"]) return;
    const attaches = ["local", "remote"].includes(String(config["mode"])) || Boolean(config["processId"]);
    const value = attaches ? "attach" : "launch";
    yield {
      at: ["type"],
      message: say`Without a "request" golang.go starts the package of the file in the editor instead, or nothing where that is no Go file.`,
      remedies: [{ title: say`Add "request": "${value}"`, edits: [{ at: ["request"], value }] }],
    };
  },
});
