import { retyped } from "../../core/retyped.ts";
import type { Complaint, Remedy, View } from "../../core/rule.ts";
import { rule } from "../../core/rule.ts";
import { adapterOf, isVariable } from "./adapter.ts";
import { extensionMisfit } from "./extensionMisfit.ts";
import { fits, type Misfit, wordsFor } from "./jsonType.ts";
import { type Attribute, attributeOf } from "./table.ts";

/** A value of another JSON type than its reader takes. */
export const wrongType = rule({
  code: "DLV102",
  id: "wrong-type",
  title: "An attribute has a value of the wrong type",
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: 'Delve reads the arguments of a launch into fields of fixed types and refuses the whole launch where one does not fit: `cannot unmarshal string into "stopOnEntry" of type bool`. golang.go makes a list of `args` that are one text, and a number of a picked process; nothing else is converted. `null` is as good as nothing.',
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "stopOnEntry": "true" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "stopOnEntry": true }
  ]
}`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/types.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
  },
  *check(view, world) {
    const adapter = adapterOf(view, world);
    for (const [name, value] of Object.entries(view.config)) {
      const attribute = attributeOf(name);
      if (attribute === undefined || value === null || isVariable(value)) continue;
      if (attribute.reader !== "delve") {
        if (attribute.reader === "golang.go") yield* extensionMisfit(attribute, value, view, adapter);
        // The legacy adapter puts what it gets into the flags of a dlv, and looks at no type.
      } else if (adapter !== "legacy" && reads(attribute, view))
        for (const misfit of misfits(attribute, value, view)) {
          const complaint = complain(attribute, misfit);
          yield adapter === undefined && complaint.severity === undefined
            ? { ...complaint, severity: "warning" }
            : complaint;
        }
    }
  },
});

/** What an attach does not have, Delve does not look at; it takes no environment for one either. */
function reads({ name, requests }: Attribute, { request }: View): boolean {
  return requests.includes(request) && !(name === "env" && request === "attach");
}

function misfits(attribute: Attribute, value: unknown, { mode }: View): readonly Misfit[] {
  if (attribute.name !== "processId") return fits(attribute.types, value, [attribute.name]);
  // golang.go finds the process in a local attach alone.
  return fits(mode === "remote" ? ["integer"] : attribute.types, value, ["processId"]);
}

function complain({ name, types }: Attribute, { at, value, wants }: Misfit): Complaint {
  if (name === "env" && at.length === 1)
    return {
      at,
      message: '"env" is an object of names and texts; of this one nothing useful reaches the program.',
      severity: "warning",
    };
  const what = at.length === 1 ? `"${name}"` : `What stands in "${name}"`;
  const fixed = retyped(value, goTypes[wants] ?? "");
  const usual = types[0] === undefined ? undefined : retyped(value, goTypes[types[0]] ?? "");
  const right = fixed ?? usual;
  const remedies: readonly Remedy[] =
    right === undefined ? [] : [{ title: `Write ${JSON.stringify(right)}`, edits: [{ at, value: right }] }];
  return {
    at,
    message: `${what} must be ${wordsFor(at.length === 1 ? types : [wants])}: Delve refuses the launch.`,
    remedies,
  };
}

const goTypes: Readonly<Record<string, string>> = {
  string: "string",
  boolean: "bool",
  integer: "int",
  "string[]": "[]string",
};
