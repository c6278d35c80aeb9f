import { isNeverReady } from "../../core/backgroundTask.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import type { Task } from "../../core/world.ts";

/** A background task that no launch can wait for. */
export const backgroundWithoutPattern = rule({
  code: "DLV320",
  id: "background-without-pattern",
  title: say`No launch can wait for this background task`,
  severity: "hint",
  of: "tasks",
  prevents: ["prelaunch-task-never-ends"],
  about: {
    what: "A task that is started by hand needs no more than this. One that a launch names as its `preLaunchTask` needs a problem matcher with a `background` pattern, `beginsPattern` and `endsPattern`: else VS Code never learns that it is ready, and the launch waits.",
    wrong: `{
  "version": "2.0.0",
  "tasks": [{ "label": "serve", "type": "shell", "command": "make serve", "isBackground": true }]
}`,
    right: `{
  "version": "2.0.0",
  "tasks": [
    {
      "label": "serve", "type": "shell", "command": "make serve", "isBackground": true,
      "problemMatcher": {
        "pattern": { "regexp": "^(.+):(\\\\d+): (.+)$", "file": 1, "line": 2, "message": 3 },
        "background": { "activeOnStart": true, "beginsPattern": "building", "endsPattern": "listening" }
      }
    }
  ]
}`,
    sources: [
      "microsoft/vscode#6209",
      "https://code.visualstudio.com/docs/debugtest/tasks#_background-watching-tasks",
    ],
  },
  *check(value) {
    const list = typeof value === "object" && value !== null && "tasks" in value ? value.tasks : undefined;
    const tasks: readonly unknown[] = Array.isArray(list) ? list : [];
    for (const [index, task] of tasks.entries())
      if (typeof task === "object" && task !== null && isNeverReady(task as Task))
        yield {
          at: ["tasks", index, "isBackground"],
          message: say`No background pattern tells VS Code when this task is ready: a launch that names it as preLaunchTask waits.`,
        };
  },
});
