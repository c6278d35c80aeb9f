import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { tracers } from "./tracers.ts";

describe("who traces", () => {
  it("is read with the tracer's process and name, a name with spaces included", () => {
    assert.deepEqual(tracers.read(answer("target 91 90 my strace\nown 12 12 gdb\n"), launchOf({})), {
      target: { pid: 90, thread: 91, name: "my strace" },
      own: { pid: 12, thread: 12, name: "gdb" },
    });
  });

  it("is nobody where nothing is said", () => {
    assert.deepEqual(tracers.read(answer(""), launchOf({})), {});
  });
});
