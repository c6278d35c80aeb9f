import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { ProcessSample } from "../../core/process.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { FileWait } from "../../probes/fileWaits.ts";
import type { LockOwner } from "../../probes/lockOwners.ts";
import { goLockHeld } from "./goLockHeld.ts";

const go: ProcessSample = { pid: 20, ppid: 10, name: "go", argv: [], state: "S", cpuMs: 5 };
const still: Partial<Timeline> = {
  current: "build",
  idleMs: 4000,
  last: { processes: [{ ...go, pid: 10, ppid: 1, name: "dlv" }, go] },
};
const owner: LockOwner = {
  waiter: 20,
  inode: 77,
  pid: 99,
  name: "go",
  argv: ["go", "mod", "download"],
  cwd: "/other",
  start: 12345,
  foreign: false,
  idle: true,
  kind: "FLOCK",
};
const path = "/m/cache/download/x.org/y/@v/v1.0.0.lock";
const wait: FileWait = {
  pid: 20,
  tid: 21,
  name: "go",
  state: "S",
  wchan: "locks_lock_inode_wait",
  locks: true,
  path,
  inode: 77,
};

describe("go-lock-held", () => {
  it("names the file, the owner and what it does; a stuck go may be ended, and exactly that one", () => {
    const found = judge(goLockHeld, { owners: [owner], waits: [wait] }, launchOf({}, still));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      `go (pid 20) has waited 4.0 s for the lock of ${path}, which go mod download (pid 99) has.`,
    );
    assert.deepEqual(found.explains, { phase: "build", ms: 4000 });
    const [end, ...rest] = found.fixes;
    assert.ok(end?.preferred && rest.every(({ preferred }) => !preferred));
    assert.ok(end.action.kind === "command");
    assert.deepEqual(end.action.argv.slice(3), ["end", "99", "12345", "INT", "TERM"]);
  });

  it("would rather wait for an owner that is at work, or that is no go", () => {
    for (const other of [
      { ...owner, idle: false },
      { ...owner, name: "backup", argv: [] },
    ]) {
      const found = judge(goLockHeld, { owners: [other], waits: [] }, launchOf({}, still));
      assert.equal(found?.fixes.find(({ preferred }) => preferred)?.id, "go-lock-held/wait");
    }
  });

  it("says nothing where nobody has the lock, where the owner is the launch's own, and while things move", () => {
    assert.equal(judge(goLockHeld, { owners: [], waits: [wait] }, launchOf({}, still)), undefined);
    assert.equal(
      judge(goLockHeld, { owners: [{ ...owner, pid: 10 }], waits: [] }, launchOf({}, still)),
      undefined,
    );
    const facts = { owners: [owner], waits: [wait] };
    assert.equal(judge(goLockHeld, facts, launchOf({}, { ...still, idleMs: 100 })), undefined);
    assert.equal(judge(goLockHeld, facts, launchOf({ request: "attach" }, still)), undefined);
    assert.equal(judge(goLockHeld, facts, launchOf({}, {})), undefined);
  });
});
