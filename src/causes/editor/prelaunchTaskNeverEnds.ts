import { cause } from "../../core/cause.ts";
import { type EditorTask, runningTasks } from "../../core/editor.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { seconds } from "../../core/waiting.ts";

const id = "prelaunch-task-never-ends";

/**
 * How long (ms) nothing must have moved in a task's processes, where a person has not asked for less, and how long one must
 * run whose processes nobody sees.
 */
const idleEnoughMs = 10_000;
const unseenEnoughMs = 60_000;

/** VS Code starts nothing before the preLaunchTask has ended or, in the background, is said to be ready. */
export const prelaunchTaskNeverEnds = cause({
  id,
  title: say`VS Code waits for a preLaunchTask that runs on`,
  about: {
    what: 'With `preLaunchTask` VS Code runs a task first and asks for the debug adapter when that has ended. A server, a watcher or a port forward never ends: then F5 does nothing visible, there is no dlv and no line in the Debug Console. `"isBackground": true` makes VS Code wait for readiness instead of the end, and only a problem matcher with a `background` pattern can tell it that; without one it waits for ever too.',
    notThis:
      "A task that works is slow and not stuck: its processes are looked at, and one that computes, reads or writes is left alone. A task that has ended while VS Code still waits is a bug of VS Code (microsoft/vscode#283769), and none of its processes is there any more.",
    sources: [
      "microsoft/vscode#6209",
      "microsoft/vscode#218267",
      "microsoft/vscode#221401",
      "microsoft/vscode#283769",
      "microsoft/vscode#114933",
      "microsoft/vscode#136354",
      "microsoft/vscode#224023",
      "microsoft/vscode#28068",
      "https://code.visualstudio.com/docs/debugtest/tasks#_background-watching-tasks",
    ],
    seen: "real",
  },
  needs: {},
  when: ({ editor, config }) => editor?.waits === "task" && config["preLaunchTask"] !== undefined,
  find(_, launch) {
    const { editor } = launch;
    const task = awaited(launch);
    if (editor === undefined || task === undefined) return undefined;
    const reason = reasonOf(task, Math.min(idleEnoughMs, editor.patienceMs ?? idleEnoughMs));
    if (reason === undefined) return undefined;
    return {
      certainty: reason.certainty,
      because: reason.because,
      evidence: [
        task.pid === undefined
          ? say`task "${task.name}": running for ${seconds(task.ms)}`
          : say`task "${task.name}": running for ${seconds(task.ms)}, pid ${task.pid}`,
        ...(task.idleMs === undefined ? [] : [say`its processes: nothing moved for ${seconds(task.idleMs)}`]),
        backgroundWords(task),
        say`"preLaunchTask": ${JSON.stringify(launch.config["preLaunchTask"])}; no debug adapter was asked for in ${seconds(editor.ms)}`,
      ],
      explains: { phase: "editor", ms: editor.ms },
      fixes: [withoutTask(task), readyPattern(task)],
    };
  },
});

/** The task that the configuration names; else, of those it depends on, the one that started last. */
function awaited({ editor, config }: Launch): EditorTask | undefined {
  const running = editor === undefined ? [] : runningTasks(editor);
  return running.find(({ name }) => name === config["preLaunchTask"]) ?? running[0];
}

function reasonOf({ name, background, tellsReady, idleMs, ms }: EditorTask, idleEnough: number) {
  if (background && tellsReady === false)
    return {
      certainty: "proven",
      because: say`The task "${name}" runs in the background, where no problem matcher says that it is ready, and VS Code waits for that.`,
    } as const;
  const idle = idleMs ?? 0;
  if (idle < idleEnough && (idleMs !== undefined || ms < unseenEnoughMs)) return undefined;
  const still =
    idleMs === undefined
      ? say`The task "${name}" has not ended for ${seconds(ms)}, and VS Code waits for that.`
      : say`The task "${name}" does nothing and does not end, and VS Code waits for that.`;
  return {
    certainty: idleMs === undefined ? "possible" : "likely",
    because: background
      ? say`The task "${name}" does nothing, and its problem matcher has not seen it ready, and VS Code waits for that.`
      : still,
  } as const;
}

function backgroundWords({ background, tellsReady }: EditorTask): string {
  if (!background || tellsReady === undefined) return `isBackground: ${background}`;
  return tellsReady
    ? say`isBackground: true, with a background pattern`
    : say`isBackground: true, without a background pattern`;
}

function withoutTask({ name }: EditorTask): Fix {
  return {
    id: `${id}/without-task`,
    title: say`Launch without waiting for the task "${name}"`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["preLaunchTask"] }] },
  };
}

function readyPattern({ name }: EditorTask): Fix {
  const matcher = {
    pattern: [{ regexp: "^(?!)(.)(.)(.)", file: 1, location: 2, message: 3 }],
    background: { activeOnStart: true, beginsPattern: "^(?!)", endsPattern: "listening|ready|started" },
  };
  return {
    id: `${id}/ready-pattern`,
    title: say`Tell VS Code when the task "${name}" is ready`,
    preferred: false,
    needsRoot: false,
    scope: "folder",
    action: {
      kind: "advice",
      text: say`Give the task "${name}" in .vscode/tasks.json these two lines, with an endsPattern that matches what it prints once it is ready:\n"isBackground": true,\n"problemMatcher": ${JSON.stringify(matcher)}`,
    },
  };
}
