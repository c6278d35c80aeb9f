import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { isForeign, pidSpace, wasNeverHere } from "./pidSpace.ts";

function read(...lines: readonly string[]) {
  const space = pidSpace.read(answer(lines.join("\n")), launchOf({}));
  assert.ok(space !== undefined);
  return space;
}

describe("the pid namespace", () => {
  it("is the first by its number, with a /proc of its own by one pid", () => {
    const space = read("name pid:[4026531836]", "shown", "pids 50", "last 90", "highest 88");
    assert.equal(space.first, true);
    assert.equal(isForeign(space), false);
    assert.deepEqual(
      [89, 90, 91].map((pid) => wasNeverHere(pid, space)),
      [false, false, true],
    );
  });

  it("is foreign to /proc with two pids, and with none", () => {
    assert.equal(
      isForeign(read("name pid:[4026532177]", "shown", "pids 7568 2", "last 3", "highest 8000")),
      true,
    );
    assert.equal(isForeign(read("name ", "pids", "last ", "highest 8000")), true);
  });

  it("is not foreign on a kernel that says no NSpid, or hides the namespace's link", () => {
    assert.equal(isForeign(read("name ", "shown", "pids", "last 90", "highest 88")), false);
  });

  it("says nothing of numbers never given once they began anew", () => {
    const space = read("name pid:[4026531836]", "shown", "pids 50", "last 90", "highest 32000", "hidden");
    assert.equal(wasNeverHere(5000, space), false);
    assert.equal(space.hidden, true);
  });

  it("is no fact without Linux", () => {
    assert.equal(pidSpace.read(answer(""), launchOf({})), undefined);
  });
});
