import { quoted } from "../../core/lists.ts";
import { rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf, isEmpty, modePath } from "./adapter.ts";
import { type Attribute, attributeOf } from "./table.ts";

/** What a combination of attributes decides, and not the mode: other rules are about them. */
const elsewhere = ["console", "asRoot", "port", "host", "noDebug"];

/** An attribute that counts for another request or mode. */
export const notForThisMode = rule({
  code: "DLV106",
  id: "not-for-this-mode",
  title: say`An attribute does nothing in this mode`,
  severity: "information",
  of: "configuration",
  prevents: [],
  about: {
    what: "An attach starts no program, so that nobody reads `program`, `args` or `buildFlags` there; a binary that is built already takes no `buildFlags`; a core file is for the mode `core`. Such attributes are left over from another configuration. They do no harm but mislead whoever reads them. Only what is certain is mentioned: nothing where golang.go may take the legacy adapter.",
    wrong: `{
  "configurations": [
    { "name": "Binary", "type": "go", "request": "launch", "mode": "exec", "program": "\${workspaceFolder}/bin/app", "buildFlags": "-tags=slow" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Binary", "type": "go", "request": "launch", "mode": "exec", "program": "\${workspaceFolder}/bin/app" }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
  },
  *check(view, world) {
    if (adapterOf(view, world) !== "dlv-dap" || !isKnownMode(view)) return;
    const isLaunch = view.request === "launch";
    for (const [name, value] of Object.entries(view.config)) {
      const attribute = attributeOf(name);
      if (attribute === undefined || attribute.adapter === "legacy" || isEmpty(value)) continue;
      if (elsewhere.includes(name) || counts(attribute, view)) continue;
      // A user's settings, which nobody sees here, may choose the legacy adapter, which reads more of an attach.
      const isSure = isLaunch || view.config["debugAdapter"] === "dlv-dap" || attribute.adapter === "dlv-dap";
      yield {
        at: [name],
        mark: "key",
        message: idle(attribute, view),
        tag: "unnecessary",
        related: [{ at: modePath(view), message: here(view) }],
        remedies: [{ title: say`Remove "${name}"`, edits: [{ at: [name] }], ...(isSure && { safe: true }) }],
      };
    }
  },
});

function counts({ requests, modes }: Attribute, { request, mode }: View): boolean {
  return requests.includes(request) && (modes === undefined || modes.includes(mode));
}

function idle({ requests, modes, name }: Attribute, { request, mode }: View): string {
  if (!requests.includes(request))
    return request === "attach"
      ? say`"${name}" does nothing in an attach.`
      : say`"${name}" does nothing in a launch.`;
  if (mode === "remote" && name !== "processId")
    return request === "attach"
      ? say`"${name}" does nothing in a remote attach, which starts no dlv and no program.`
      : say`"${name}" does nothing in a launch in the mode "${mode}", which starts no dlv and no program.`;
  const meant = (modes ?? []).map(quoted).join(", ");
  if (request === "launch")
    return say`"${name}" does nothing in a launch in the mode "${mode}"; it is for ${meant}.`;
  return mode === "remote"
    ? say`"${name}" does nothing in a remote attach; it is for ${meant}.`
    : say`"${name}" does nothing in a local attach; it is for ${meant}.`;
}

function here({ request, mode }: View): string {
  if (request === "launch") return say`This is a launch in the mode "${mode}"`;
  return mode === "remote" ? say`This is a remote attach` : say`This is a local attach`;
}

/** Of a mode that there is not, and of one that a variable makes, nothing is known. */
function isKnownMode({ config, request, mode }: View): boolean {
  if (config["request"] !== request) return false;
  const attach = ["local", "remote"];
  if (request === "attach") return attach.includes(mode);
  return (attributeOf("mode")?.values ?? []).some(({ value }) => value === mode) && !attach.includes(mode);
}
