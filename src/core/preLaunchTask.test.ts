import assert from "node:assert/strict";
import { type NamedTask, runsBefore } from "./preLaunchTask.ts";

const written = [
  { label: "all", dependsOn: ["tools", "npm: watch"] },
  { label: "tools", dependsOn: "download", command: "make" },
  { label: "download", command: "curl", dependsOn: "all" },
  { label: "server", command: "serve" },
  null,
];
const task = (name: string, more: Partial<NamedTask> = {}): NamedTask => ({
  ...{ name, source: "Workspace", definition: { type: "shell" } },
  ...more,
});

describe("the tasks before a launch", () => {
  it("are the one that it names and those that one depends on, in a circle as well", () => {
    const runs = runsBefore("all", written);
    assert.deepEqual(
      ["all", "tools", "download"].map((name) => runs(task(name))),
      [true, true, true],
    );
    assert.equal(runs(task("watch", { source: "npm" })), true);
  });

  it("are not what a person starts meanwhile, and none where the launch names none", () => {
    assert.equal(runsBefore("all", written)(task("server")), false);
    assert.equal(runsBefore("all", written)(task("watch")), false);
    assert.equal(runsBefore(undefined, written)(task("server")), false);
    assert.equal(runsBefore("server", [])(task("server")), true);
  });

  it("may be named by a variable or by parts", () => {
    const build = task("compile", { group: { id: "build" } });
    assert.equal(runsBefore("${defaultBuildTask}", written)(build), true);
    assert.equal(runsBefore("${defaultBuildTask}", written)(task("server")), false);
    const npm = task("watch", { source: "npm", definition: { type: "npm" } });
    assert.equal(runsBefore({ type: "npm", script: "watch" }, written)(npm), true);
    assert.equal(runsBefore({ type: "npm", script: "watch" }, written)(build), false);
  });
});
