import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { nearOf } from "../paths/near.ts";
import { namesOf } from "../paths/tasks.ts";
import { objectOf } from "./entries.ts";

/** A compound's own preLaunchTask, which runs once before all of its configurations. */
export const compoundTask = rule({
  code: "DLV411",
  id: "compound-task",
  title: say`tasks.json has no task that a compound names`,
  severity: "information",
  of: "section",
  prevents: ["prelaunch-task-never-ends"],
  about: {
    what: "The `preLaunchTask` of a compound names a task by its label, letter for letter, and runs once before its configurations. Where VS Code finds none it asks whether to debug anyway. Tasks of the user and of extensions count as well, and are not known here: so this is a warning only where a task has nearly that name.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API"], "preLaunchTask": "biuld" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API"], "preLaunchTask": "build" }
  ]
}`,
    sources: ["https://code.visualstudio.com/docs/debugtest/tasks"],
  },
  *check({ file, compounds }, { tasks }) {
    // A workspace file has tasks of its own, and a user's settings those of the user.
    if (file !== "launch" || tasks === undefined) return;
    const names = tasks.map(namesOf);
    // A task without a label may be called by its command.
    if (names.some((list) => list.length === 0)) return;
    for (const { at, value } of compounds) {
      const name = objectOf(value)?.["preLaunchTask"];
      if (typeof name !== "string" || name === "" || /:|\$\{/.test(name) || names.flat().includes(name))
        continue;
      const near = nearOf(name, names.flat());
      const place = [...at, "preLaunchTask"];
      yield {
        at: place,
        ...(near !== undefined && { severity: "warning" as const }),
        message:
          near === undefined
            ? say`No task of tasks.json is called "${name}": the user's own tasks, a workspace or an extension must have it.`
            : say`No task of tasks.json is called "${name}", and one is called "${near}".`,
        ...(near !== undefined && {
          remedies: [{ title: say`Write "${near}"`, edits: [{ at: place, value: near }] }],
        }),
      };
    }
  },
});
