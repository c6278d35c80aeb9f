import { isNeverReady } from "../../core/backgroundTask.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "./samples.ts";
import { namesOf, runFor } from "./tasks.ts";

/** The preLaunchTask is one that VS Code never takes for ready. */
export const taskNeverReady = rule({
  code: "DLV312",
  id: "task-never-ready",
  title: say`The preLaunchTask never tells that it is ready`,
  severity: "warning",
  of: "configuration",
  prevents: ["prelaunch-task-never-ends"],
  about: {
    what: 'VS Code waits until a task with `"isBackground": true` is ready, and only a problem matcher with a `background` pattern (`beginsPattern`, `endsPattern`) can tell it that. Without one the launch waits, and there is no dlv, until somebody gives it up or debugs anyway. The same goes for the tasks that it depends on.',
    wrong: sample({ preLaunchTask: "watch" }),
    right: sample({ preLaunchTask: "build" }),
    sources: [
      "microsoft/vscode#6209",
      "https://code.visualstudio.com/docs/debugtest/tasks#_background-watching-tasks",
    ],
  },
  *check({ config }, world) {
    const name = config["preLaunchTask"];
    if (typeof name !== "string" || name === "" || world.tasks === undefined) return;
    const task = runFor(name, world.tasks).find(isNeverReady);
    if (task === undefined) return;
    const [first = ""] = namesOf(task);
    yield {
      at: ["preLaunchTask"],
      message: namesOf(task).includes(name)
        ? say`The task "${first}" runs in the background, and no background pattern tells VS Code that it is ready: the launch waits.`
        : say`The task "${first}", on which "${name}" depends, runs in the background, and no background pattern tells VS Code that it is ready: the launch waits.`,
    };
  },
});
