import { type Complaint, type Remedy, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf, isEmpty, modePath } from "./adapter.ts";

/** What a request and mode cannot do without. */
export const missingAttribute = rule({
  code: "DLV108",
  id: "missing-attribute",
  title: say`The mode needs an attribute that is not there`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "A launch needs its `program`: the default that golang.go describes is written by its snippets, and by nothing else. The mode `core` needs `coreFilePath` besides, `replay` needs `traceDirPath`. A remote attach needs the `port` of the `dlv --headless` that it goes to. A local attach without a `processId` is right: golang.go shows a list of processes.",
    wrong: `{
  "configurations": [
    { "name": "Core", "type": "go", "request": "launch", "mode": "core", "program": "\${workspaceFolder}/bin/app" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Core", "type": "go", "request": "launch", "mode": "core", "program": "\${workspaceFolder}/bin/app", "coreFilePath": "\${workspaceFolder}/app.core" }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    // Without a request golang.go makes a configuration of its own: missing-request.
    if (config["request"] !== request) return;
    const lacks = (name: string) => isLacking(view, name);
    if (request === "attach") {
      if (mode !== "remote" || config["delveDoctor"] !== undefined || config["debugServer"]) return;
      const adapter = adapterOf(view, world);
      if (adapter === "legacy" || !lacks("port")) return;
      yield {
        ...complain(
          view,
          say`A remote attach needs the "port" of a dlv --headless: without one golang.go starts a dlv that debugs nothing.`,
          [{ title: say`Add "port": 2345`, edits: [{ at: ["port"], value: 2345 }] }],
        ),
        ...(adapter === undefined && { severity: "warning" }),
      };
      return;
    }
    const builds = ["auto", "debug", "test"].includes(mode);
    if ((builds || mode === "exec" || mode === "core") && lacks("program"))
      yield complain(
        view,
        builds
          ? say`A launch needs a "program": the directory of the package, or a .go file in it.`
          : say`The mode "${mode}" needs a "program": the path of the binary.`,
        builds ? [add("${workspaceFolder}"), add("${fileDirname}")] : [],
      );
    if (mode === "core" && lacks("coreFilePath"))
      yield complain(view, say`The mode "core" needs "coreFilePath": the core file to look at.`);
    if (mode === "replay" && lacks("traceDirPath"))
      yield complain(view, say`The mode "replay" needs "traceDirPath": the directory of the recording.`);
  },
});

/** Delve takes names in any case: another rule says what that does. */
function isLacking({ config }: View, name: string): boolean {
  const written = Object.entries(config).filter(([key]) => key.toLowerCase() === name.toLowerCase());
  return written.every(([, value]) => isEmpty(value));
}

function complain(view: View, message: string, remedies: readonly Remedy[] = []): Complaint {
  return { at: modePath(view), message, remedies };
}

function add(program: string): Remedy {
  return { title: say`Add "program": "${program}"`, edits: [{ at: ["program"], value: program }] };
}
