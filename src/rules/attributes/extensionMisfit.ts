import { retyped } from "../../core/retyped.ts";
import type { Complaint, Remedy, View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { fits, wordsFor } from "./jsonType.ts";
import type { Attribute } from "./table.ts";

type Adapter = "dlv-dap" | "legacy" | undefined;

/**
 * What golang.go makes of a value that is not of an attribute's type (extension/src/goDebugFactory.ts, dlv-dap): most are
 * passed over in silence, a few end the launch.
 */
export function* extensionMisfit(
  attribute: Attribute,
  value: unknown,
  view: View,
  adapter: Adapter,
): Iterable<Complaint> {
  if (adapter !== "dlv-dap" || attribute.adapter === "legacy") return;
  const { name } = attribute;
  const starts = !view.config["port"] && view.mode !== "remote";
  const judge = judges[name];
  if (judge !== undefined) {
    if (starts || name === "port") yield* judge(value, view);
    return;
  }
  if (value === false || value === 0 || value === "") return;
  for (const { at } of fits(attribute.types, value, [name]).slice(0, 1))
    yield {
      at,
      severity: "warning",
      message: say`"${name}" must be ${wordsFor(attribute.types)}; golang.go makes nothing of this.`,
      remedies: rewritten(name, value, attribute.types[0] === "boolean" ? "bool" : "string"),
    };
}

/** Attributes of which golang.go makes flags of dlv, or a connection. */
const judges: Readonly<Record<string, (value: unknown, view: View) => Iterable<Complaint>>> = {
  *port(value) {
    const port = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    if (!value || (Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536)) return;
    yield {
      at: ["port"],
      message: say`"port" must be a number from 1 to 65535: there is nothing to connect to.`,
    };
  },
  *showLog(value, { config }) {
    // golang.go writes --log=VALUE for everything that JavaScript takes for true, and --log-output besides.
    if (!value || /^(1|t|true)$/i.test(String(value))) return;
    if (/^(0|f|false)$/i.test(String(value)) && config["logOutput"] === "") return;
    yield {
      at: ["showLog"],
      message: say`"showLog" must be true or false, without quotes: dlv ends at once with the flags that this makes.`,
      remedies: rewritten("showLog", value, "bool"),
    };
  },
  *dlvFlags(value) {
    if (!value) return;
    if (!Array.isArray(value)) {
      yield {
        at: ["dlvFlags"],
        severity: "warning",
        message:
          typeof value === "string"
            ? say`"dlvFlags" must be a list: golang.go hands each letter of a text to dlv as a word of its own, and dlv ignores them.`
            : say`"dlvFlags" must be a list of texts; golang.go makes nothing of this.`,
        remedies: rewritten("dlvFlags", value, "[]string"),
      };
      return;
    }
    for (const [index, flag] of value.entries())
      if (typeof flag !== "string")
        yield {
          at: ["dlvFlags", index],
          message: say`Each entry of "dlvFlags" must be a text: golang.go cannot start dlv with this.`,
        };
  },
  *logDest(value, { config }) {
    const terminal = ["integratedTerminal", "externalTerminal"].includes(String(config["console"]));
    if (!value || typeof value === "string" || terminal) return;
    yield {
      at: ["logDest"],
      message: say`"logDest" must be the absolute path of a file: golang.go refuses the launch.`,
    };
  },
};

function rewritten(name: string, value: unknown, type: string): readonly Remedy[] {
  const right = retyped(value, type);
  if (right === undefined) return [];
  return [{ title: say`Write "${name}": ${JSON.stringify(right)}`, edits: [{ at: [name], value: right }] }];
}
