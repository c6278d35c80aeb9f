import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";

/** The modes that `attach` knows (service/dap/server.go of Delve 1.27.1, onAttachRequest). */
const modes = ["local", "remote"];

/** Modes of a launch in an attach: Delve refuses them. */
export const attachMode = rule({
  code: "DLV103",
  id: "attach-mode",
  title: say`An attach has a mode that there is not`,
  severity: "error",
  of: "configuration",
  prevents: ["wrong-popular-settings", "attribute-refused"],
  about: {
    what: "`debug`, `test`, `exec`, `replay` and `core` are modes of a launch. An attach connects to what already runs: `local` to a process by its id, `remote` to a `dlv --headless` that somebody started. Delve refuses every other mode.",
    wrong: `{
  "configurations": [
    { "name": "Attach", "type": "go", "request": "attach", "mode": "exec", "processId": 4711 }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Attach", "type": "go", "request": "attach", "mode": "local", "processId": 4711 }
  ]
}`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check({ config, request, mode }) {
    if (request !== "attach" || modes.includes(mode) || mode.includes("${")) return;
    // A remote attach without a port would have nowhere to go.
    const right = config["port"] === undefined ? ["local"] : ["remote", "local"];
    yield {
      at: ["mode"],
      message: say`An attach has no mode "${mode}": Delve knows "local" and "remote", and refuses this one.`,
      remedies: right.map((value) => ({
        title: say`Write "mode": "${value}"`,
        edits: [{ at: ["mode"], value }],
      })),
    };
  },
});
