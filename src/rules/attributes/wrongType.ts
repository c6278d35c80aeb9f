import { isOlderDelve } from "../../core/delveReleases.ts";
import { retyped } from "../../core/retyped.ts";
import { type Complaint, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import type { World } from "../../core/world.ts";
import { adapterOf, isVariable } from "./adapter.ts";
import { extensionMisfit } from "./extensionMisfit.ts";
import { fits, type Misfit, wordsFor } from "./jsonType.ts";
import { type Attribute, type AttributeType, attributeOf } from "./table.ts";

/** A value of another JSON type than its reader takes. */
export const wrongType = rule({
  code: "DLV102",
  id: "wrong-type",
  title: say`An attribute has a value of the wrong type`,
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
  check: wrongTypes,
});

/** The same of any view: settings become attributes of each launch. */
export function* wrongTypes(view: View, world: World): Iterable<Complaint> {
  const adapter = adapterOf(view, world);
  const version = world.delve(view.config);
  const who = adapter === undefined ? "dlv-dap" : "Delve";
  const then = view.request === "attach" ? say`${who} refuses the attach` : say`${who} refuses the launch`;
  for (const [name, value] of Object.entries(view.config)) {
    const attribute = attributeOf(name);
    if (attribute === undefined || value === null || isVariable(value)) continue;
    // An older Delve does not look at it.
    if (attribute.since !== undefined && version !== undefined && isOlderDelve(version, attribute.since))
      continue;
    if (attribute.reader !== "delve") {
      if (attribute.reader === "golang.go") yield* extensionMisfit(attribute, value, view, adapter);
      // The legacy adapter puts what it gets into the flags of a dlv, and looks at no type.
    } else if (adapter !== "legacy" && reads(attribute, view))
      for (const misfit of misfits(attribute, value, view)) {
        const complaint = complain(attribute, misfit, then, view);
        yield adapter === undefined && complaint.severity === undefined
          ? { ...complaint, severity: "warning" }
          : complaint;
      }
  }
}

/** What an attach does not have, Delve does not look at; it takes no environment for one either. */
function reads({ name, requests }: Attribute, { request }: View): boolean {
  return requests.includes(request) && !(name === "env" && request === "attach");
}

function misfits(attribute: Attribute, value: unknown, view: View): readonly Misfit[] {
  return fits(typesIn(attribute, view), value, [attribute.name]);
}

/** golang.go makes a number of a process's name in a local attach alone. */
function typesIn({ name, types }: Attribute, { mode }: View): readonly AttributeType[] {
  return name === "processId" && mode === "remote" ? ["integer"] : types;
}

function complain(attribute: Attribute, { at, value, wants }: Misfit, then: string, view: View): Complaint {
  const { name } = attribute;
  if (name === "env" && at.length === 1)
    return {
      at,
      message: say`"env" is an object of names and texts; of this one nothing useful reaches the program.`,
      severity: "warning",
    };
  const whole = at.length === 1;
  const types = typesIn(attribute, view);
  const [usual = wants] = types;
  const right = [wants, usual].map((type) => retyped(value, goTypes[type])).find((one) => one !== undefined);
  return {
    at,
    message: whole
      ? say`"${name}" must be ${wordsFor(types)}: ${then}.`
      : say`What stands in "${name}" must be ${wordsFor([wants])}: ${then}.`,
    remedies:
      right === undefined
        ? []
        : [{ title: say`Write ${JSON.stringify(right)}`, edits: [{ at, value: right }] }],
  };
}

/** The types of Go that have a counterpart with an unambiguous value. */
const goTypes: Readonly<Record<AttributeType, string>> = {
  string: "string",
  boolean: "bool",
  number: "int",
  integer: "int",
  "string[]": "[]string",
  pairs: "",
  object: "",
  variables: "",
};
