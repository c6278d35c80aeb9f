import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { nearOf } from "./near.ts";
import { sample } from "./samples.ts";
import { namesOf } from "./tasks.ts";

/** The attributes that name a task. */
const attributes = ["preLaunchTask", "postDebugTask"];

/** A task is named that tasks.json does not have. */
export const unknownTask = rule({
  code: "DLV311",
  id: "unknown-task",
  title: say`tasks.json has no task of this name`,
  severity: "information",
  of: "configuration",
  prevents: ["prelaunch-task-never-ends"],
  about: {
    what: "`preLaunchTask` and `postDebugTask` name a task by its label, letter for letter. Where VS Code finds none it asks whether to debug anyway. Tasks of the user and of extensions count as well, and are not known here: so this is a warning only where a task has nearly that name. Names with a colon, as in `npm: watch`, are an extension's.",
    wrong: sample({ preLaunchTask: "biuld" }),
    right: sample({ preLaunchTask: "build" }),
    sources: ["https://code.visualstudio.com/docs/debugtest/tasks"],
  },
  *check({ config }, world) {
    for (const key of attributes) {
      const name = config[key];
      if (typeof name !== "string" || name === "" || /:|\$\{/.test(name)) continue;
      const { tasks } = world;
      if (tasks === undefined) return;
      const names = tasks.map(namesOf);
      // A task without a label may be called by its command.
      if (names.some((list) => list.length === 0) || names.flat().includes(name)) continue;
      const near = nearOf(name, names.flat());
      yield {
        at: [key],
        ...(near !== undefined && { severity: "warning" as const }),
        message:
          near === undefined
            ? say`No task of tasks.json is called "${name}": the user's own tasks, a workspace or an extension must have it.`
            : say`No task of tasks.json is called "${name}", and one is called "${near}".`,
        ...(near !== undefined && {
          remedies: [{ title: say`Write "${near}"`, edits: [{ at: [key], value: near }] }],
        }),
      };
    }
  },
});
