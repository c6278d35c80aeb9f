import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { objectOf } from "./entries.ts";

/** What is no list where VS Code reads one, and what is no object in it. */
export const sectionType = rule({
  code: "DLV407",
  id: "section-type",
  title: say`A list is none`,
  severity: "error",
  of: "section",
  prevents: [],
  about: {
    what: "`configurations`, `compounds` and `inputs` are lists of objects, and the `configurations` of a compound is a list of names. VS Code finds nothing in anything else, or stops with an error of its own.",
    wrong: `{
  "configurations": { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" }
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugConfigurationManager.ts",
    ],
  },
  *check({ value, configurations, compounds }) {
    for (const key of ["configurations", "compounds", "inputs"]) {
      const list = value[key];
      if (list === undefined || list === null) continue;
      if (!Array.isArray(list)) yield wrong([key], say`"${key}" is a list of objects, in [ ].`);
      else if (key === "inputs")
        yield* notObjects(list.map((one, index) => ({ at: [key, index], value: one })));
    }
    yield* notObjects(configurations);
    yield* notObjects(compounds);
    for (const { at, value: compound } of compounds) {
      const list = objectOf(compound)?.["configurations"];
      const place = [...at, "configurations"];
      if (typeof list === "string")
        yield {
          ...wrong(place, say`"configurations" of a compound is a list of names, in [ ].`),
          remedies: [{ title: say`Write ["${list}"]`, edits: [{ at: place, value: [list] }] }],
        };
      else if (list !== undefined && list !== null && !Array.isArray(list))
        yield wrong(place, say`"configurations" of a compound is a list of names, in [ ].`);
    }
  },
});

function wrong(at: Complaint["at"], message: string): Complaint {
  return { at, message };
}

/** VS Code passes over what is no object among configurations, and stumbles over a null among compounds. */
function notObjects(
  entries: Iterable<{ readonly at: Complaint["at"]; readonly value: unknown }>,
): Complaint[] {
  return [...entries].flatMap(({ at, value }) =>
    objectOf(value) === undefined
      ? [
          {
            ...wrong(at, say`An object belongs here; VS Code starts nothing of this.`),
            severity: value === null && at[0] === "compounds" ? "error" : "warning",
          } as const,
        ]
      : [],
  );
}
