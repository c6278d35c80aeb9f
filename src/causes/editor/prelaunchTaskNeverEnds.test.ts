import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { EditorState, EditorTask } from "../../core/editor.ts";
import { prelaunchTaskNeverEnds } from "./prelaunchTaskNeverEnds.ts";

const go = { state: "active", id: "golang.go", version: "0.58.0" } as const;
const watcher: EditorTask = { name: "watch", ms: 12_000, running: true, background: true, tellsReady: false };
const server: EditorTask = { name: "serve", ms: 31_000, running: true, background: false, idleMs: 25_000 };

function found(tasks: readonly EditorTask[], more: Partial<EditorState> = {}, preLaunchTask = "watch") {
  const editor: EditorState = { ms: 32_000, waits: "task", tasks, go, breakpoints: [], ...more };
  return judge(prelaunchTaskNeverEnds, {}, { ...launchOf({ preLaunchTask }), editor });
}

describe("prelaunch-task-never-ends", () => {
  it("is proven for a background task that nobody says is ready; its own fix silences it", () => {
    const finding = found([watcher]);
    assert.equal(finding?.certainty, "proven");
    assert.deepEqual(finding.explains, { phase: "editor", ms: 32_000 });
    assert.match(finding.evidence.join("\n"), /isBackground: true, without a background pattern/);
    const fixed = fixedConfig({ preLaunchTask: "watch" }, { cause: "", title: "", ...finding });
    assert.deepEqual(fixed, {});
    // VS Code comes to the debug adapter at once then, and the report is one of that launch.
    assert.equal(judge(prelaunchTaskNeverEnds, {}, launchOf(fixed)), undefined);
  });

  it("is likely for a task that does nothing and does not end, with its process", () => {
    const finding = found([{ ...server, pid: 4711 }], {}, "serve");
    assert.equal(finding?.certainty, "likely");
    assert.match(finding.evidence.join("\n"), /pid 4711\nits processes: nothing moved for 25\.0 s/);
    assert.match(
      found([{ ...server, background: true, tellsReady: true }])?.because ?? "",
      /has not seen it ready/,
    );
  });

  it("waits for less where a person has asked for that, and never for more", () => {
    const idle = (idleMs: number, patienceMs: number) => found([{ ...server, idleMs }], { patienceMs });
    assert.equal(idle(3000, 3000)?.certainty, "likely");
    assert.equal(idle(2900, 3000), undefined);
    assert.equal(idle(3000, 60_000), undefined);
    assert.equal(idle(10_000, 60_000)?.certainty, "likely");
  });

  it("is possible where nobody sees the task's processes, after a minute", () => {
    const { idleMs: _, ...unseen } = server;
    assert.equal(found([{ ...unseen, ms: 61_000 }])?.certainty, "possible");
    assert.equal(found([unseen]), undefined);
  });

  it("names the task of the configuration, else the last of those it depends on", () => {
    assert.match(found([watcher, { ...watcher, name: "other" }])?.because ?? "", /"watch"/);
    assert.match(found([watcher, { ...watcher, name: "tools" }], {}, "all")?.because ?? "", /"tools"/);
  });

  it("is clear for a task that works, however slow it is", () => {
    assert.equal(found([{ ...server, ms: 300_000, idleMs: 400 }]), undefined);
  });

  it("is clear where the task has ended and VS Code still waits, and for a launch that came to its debug adapter", () => {
    assert.equal(found([{ ...watcher, running: false }]), undefined);
    assert.equal(found([]), undefined);
    const editor: EditorState = { ms: 32_000, tasks: [watcher], go, breakpoints: [] };
    assert.equal(judge(prelaunchTaskNeverEnds, {}, { ...launchOf({}), editor }), undefined);
    assert.equal(judge(prelaunchTaskNeverEnds, {}, launchOf({ preLaunchTask: "watch" })), undefined);
  });

  it("is clear where the launch has no preLaunchTask, whatever runs", () => {
    const editor: EditorState = { ms: 90_000, waits: "task", tasks: [watcher], go, breakpoints: [] };
    assert.equal(judge(prelaunchTaskNeverEnds, {}, { ...launchOf({}), editor }), undefined);
  });

  it("tells the other fix as lines that are JSON", () => {
    const advice = found([watcher])?.fixes.find(({ preferred }) => !preferred)?.action;
    assert(advice?.kind === "advice");
    const [, ...lines] = advice.text.split("\n");
    const { isBackground, problemMatcher } = JSON.parse(`{${lines.join("\n")}}`);
    assert.deepEqual([isBackground, Object.keys(problemMatcher)], [true, ["pattern", "background"]]);
  });
});
