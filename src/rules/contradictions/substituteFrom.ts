import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isAbsolute } from "../../core/substitutePath.ts";
import { adapterOf } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";

/** A pair of substitutePath that maps nothing, or maps the wrong way round. */
export const substituteFrom = rule({
  code: "DLV223",
  id: "substitute-from",
  title: say`from is no path of the editor`,
  severity: "warning",
  of: "configuration",
  prevents: ["substitute-path-missing"],
  about: {
    what: 'A pair of `substitutePath` says what a path of the editor (`from`) is called in the program (`to`). An editor\'s paths are absolute: a `from` such as `src` or `~/src` fits none of them, and breakpoints are not set. And in an attach to a remote dlv, `"to": "${workspaceFolder}"` is most likely the wrong way round: the folder of the editor is `from`.',
    wrong: sample({ substitutePath: [{ from: "src", to: "/build/src" }] }),
    right: sample({ substitutePath: [{ from: "${workspaceFolder}/src", to: "/build/src" }] }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/Documentation/cli/substitutepath.md"],
  },
  *check(view, world) {
    const { substitutePath: pairs } = view.config as Readonly<Record<string, unknown>>;
    if (!Array.isArray(pairs) || adapterOf(view, world) === "legacy") return;
    for (const [index, pair] of pairs.entries()) {
      const { from, to } = (pair ?? {}) as { from?: unknown; to?: unknown };
      if (typeof from !== "string" || typeof to !== "string" || from === "") continue;
      const at = ["substitutePath", index];
      if (view.mode === "remote" && isFolder(to) && isAbsolute(from)) yield swapped(at, from, to);
      if (!isAbsolute(from) && !from.startsWith("${")) yield relative(at, from);
    }
  },
});

function isFolder(path: string): boolean {
  return path.startsWith("${workspaceFolder}") || path.startsWith("${workspaceRoot}");
}

function swapped(at: Complaint["at"], from: string, to: string): Complaint {
  return {
    at,
    message: say`"from" is the path in the editor and "to" the one in the program: here the editor's folder stands in "to".`,
    remedies: [{ title: say`Swap "from" and "to"`, edits: [{ at, value: { from: to, to: from } }] }],
  };
}

function relative(at: Complaint["at"], from: string): Complaint {
  const home = from.startsWith("~/");
  const value = home ? `\${userHome}${from.slice(1)}` : `\${workspaceFolder}/${from.replace(/^\.?\/?/, "")}`;
  const sound = home || /^(\.\/|[\w-])/.test(from);
  return {
    at: [...at, "from"],
    message: home
      ? say`The editor's paths are absolute: nobody expands ~, and "${from}" fits none of them.`
      : say`The editor's paths are absolute: "${from}" fits none of them.`,
    remedies: sound ? [{ title: say`Write "${value}"`, edits: [{ at: [...at, "from"], value }] }] : [],
  };
}
