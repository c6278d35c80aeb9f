import { type Complaint, rule, type Section } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { nearOf } from "../paths/near.ts";
import { type Member, membersOf, nameOf, namesOf, withoutFolder } from "./entries.ts";

/** A compound that names a configuration that is not in its launch.json, where it is not sure to be in another. */
export const unknownInCompound = rule({
  code: "DLV402",
  id: "unknown-in-compound",
  title: say`A compound names a configuration that is not there`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "A compound starts configurations by their names, letter by letter. VS Code looks for each in this file, in the other folders of the workspace and in the user's settings, and starts none of the compound where one cannot be found. A compound cannot hold another compound.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Wroker"] }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Worker"] }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugService.ts",
      "https://code.visualstudio.com/docs/debugtest/debugging-configuration#_compound-launch-configurations",
    ],
  },
  *check(section) {
    if (section.file !== "launch") return;
    const names = namesOf(section);
    const missing = withoutFolder(section).filter(({ name }) => !names.includes(name));
    if (missing.length === 0) return;
    const shared = isShared(section);
    for (const member of missing) {
      const near = nearOf(member.name, names);
      // In a workspace of several folders the configuration may be in another one's file.
      if (near !== undefined || !shared) yield complain(member, near, section);
    }
  },
});

function complain(
  { at, name, written }: Member,
  near: string | undefined,
  { compounds }: Section,
): Complaint {
  const nested = compounds.some((one) => nameOf(one) === name);
  const place = written === "text" ? at : [...at, "name"];
  return {
    at: place,
    message: nested
      ? say`"${name}" is a compound, and a compound starts configurations only: VS Code starts nothing.`
      : say`No configuration of this file is called "${name}"; unless another file of the workspace or the user's settings have one, VS Code starts nothing of the compound.`,
    ...(near !== undefined && {
      remedies: [{ title: say`Write "${near}"`, edits: [{ at: place, value: near }] }],
    }),
  };
}

/** The file speaks of other folders of a workspace. */
function isShared({ value, compounds }: Section): boolean {
  return (
    compounds.some((one) => membersOf(one).some(({ folder }) => folder !== undefined)) ||
    JSON.stringify(value).includes("${workspaceFolder:")
  );
}
