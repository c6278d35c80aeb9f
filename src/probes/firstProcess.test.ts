import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { firstProcess } from "./firstProcess.ts";

describe("process 1", () => {
  it("has buried all but what our own scripts have left: a shell, a watcher, the telemetry of a dlv", () => {
    const said = ["first dlv", "zombie 7 timeout", "zombie 8 sh", "zombie 9 dlv", "zombie 10 my worker", ""];
    assert.deepEqual(firstProcess.read(answer(said.join("\n")), launchOf({})), {
      name: "dlv",
      zombies: [{ pid: 10, name: "my worker" }],
    });
  });
});
