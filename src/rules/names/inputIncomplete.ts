import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { objectOf } from "./entries.ts";
import { askedIn } from "./inputs.ts";

/** What each type of input cannot do without. */
const needs: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  promptString: { description: isText },
  pickString: { description: isText, options: Array.isArray },
  command: { command: isText },
};

/** An entry of `inputs` that VS Code cannot ask. */
export const inputIncomplete = rule({
  code: "DLV409",
  id: "input-incomplete",
  title: say`An input lacks what its type needs`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "An entry of `inputs` has an `id`, by which it is asked for, and a `type`: `promptString` needs a `description`, `pickString` a `description` and `options`, `command` a `command`. VS Code refuses a launch that asks for one that lacks it. Of two with the same `id` the last counts.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "args": ["\${input:user}"] }
  ],
  "inputs": [
    { "id": "user", "type": "pickString", "description": "Who" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "args": ["\${input:user}"] }
  ],
  "inputs": [
    { "id": "user", "type": "pickString", "description": "Who", "options": ["root", "me"] }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/services/configurationResolver/browser/baseConfigurationResolverService.ts",
    ],
  },
  *check({ value, configurations }) {
    const inputs: unknown[] = Array.isArray(value["inputs"]) ? value["inputs"] : [];
    const used = new Set(
      inputs.length === 0
        ? []
        : configurations.flatMap((one) => askedIn(one.value, one.at).map(({ id }) => id)),
    );
    for (const [index, input] of inputs.entries()) {
      const at = ["inputs", index];
      const { id, type } = objectOf(input) ?? { id: "" };
      if (id === undefined) yield { at, message: say`An input without an id can be asked for by nothing.` };
      if (typeof id !== "string" || id === "") continue;
      const later = inputs.findLastIndex((one) => objectOf(one)?.["id"] === id);
      if (later > index)
        yield {
          at: [...at, "id"],
          message: say`The id "${id}" is written again below, and the last counts.`,
          related: [{ at: ["inputs", later, "id"], message: say`The one that counts` }],
        };
      else yield* lacking(at, id, type, input, used.has(id) ? "error" : "warning");
    }
  },
});

function* lacking(
  at: Complaint["at"],
  id: string,
  type: unknown,
  input: unknown,
  severity: "error" | "warning",
): Iterable<Complaint> {
  const needed = typeof type === "string" && Object.hasOwn(needs, type) ? needs[type] : undefined;
  if (needed === undefined) {
    const place = type === undefined ? at : [...at, "type"];
    yield {
      at: place,
      severity,
      message: say`The type of an input is "promptString", "pickString" or "command".`,
    };
    return;
  }
  for (const [key, fits] of Object.entries(needed))
    if (!fits(objectOf(input)?.[key]))
      yield {
        at,
        severity,
        message: say`The input "${id}" of type ${String(type)} has no "${key}", and VS Code refuses to ask it.`,
      };
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
