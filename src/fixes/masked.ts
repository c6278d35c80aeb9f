import type { Node } from "jsonc-parser";
import { parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { Fix } from "../core/fix.ts";
import { hidden, redactText } from "../core/redact.ts";
import type { TextChange } from "./change.ts";
import { maskedYaml } from "./maskedYaml.ts";

/**
 * The keys in launch.json, settings.json and devcontainer.json whose values may be secret: env, args, go.toolsEnvVars,
 * terminal.integrated.env.linux, containerEnv, runArgs, and what people write for them, such as environment or argv.
 */
const secretKey = /(?:^|\.)\w*(?:env(?:s|ironments?|vars?|variables?)?|arg(?:s|z|v|uments?)?)(?:\.|$)/i;

/**
 * A text change as it may be shown where others read along, in a pipe or the log of a build: env values and program
 * arguments are hidden but for the one that the fix is about, and everything that is a secret by its form.
 */
export function masked({ action }: Pick<Fix, "action">, change: TextChange): TextChange {
  // Options of OpenSSH hold no secrets, and what is no JSON must not be read as such.
  if (action.kind === "ssh-config") return change;
  const edits = action.kind === "launch.json" ? action.edits : [];
  const own = new Set(edits.flatMap(({ at: [attribute, name] }) => (attribute === "env" ? [name] : [])));
  const isYaml = /\.ya?ml$/.test(change.file);
  const mask = (text: string | null) =>
    text && redactText(isYaml ? maskedYaml(text, hidden) : withoutValues(text, own));
  return { ...change, before: mask(change.before), after: mask(change.after) };
}

function withoutValues(text: string, own: ReadonlySet<unknown>): string {
  const { mark, body } = splitBom(text);
  const places: Node[] = [];
  const walk = (node: Node, inside: boolean): void => {
    const { type, children = [] } = node;
    if (type === "property") {
      const [key, value] = children;
      if (value !== undefined && !(inside && own.has(key?.value)))
        walk(value, inside || secretKey.test(String(key?.value)));
    } else if (children.length > 0) for (const child of children) walk(child, inside);
    else if (inside && type !== "object" && type !== "array") places.push(node);
  };
  const { root } = parseJsonc(body);
  if (root !== undefined) walk(root, false);
  const after = places.reduceRight(
    (rest, { offset, length }) => `${rest.slice(0, offset)}"${hidden}"${rest.slice(offset + length)}`,
    body,
  );
  return mark + after;
}
