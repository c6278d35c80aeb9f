import assert from "node:assert/strict";
import { createQuiet } from "./quiet.ts";

/** A connection whose two clocks a test moves; a sleeping machine's wall clock runs alone. */
function connection() {
  let monotonic = 0;
  let wall = 1_000_000;
  const quiet = createQuiet(
    5000,
    () => monotonic,
    () => wall,
  );
  return {
    ...quiet,
    pass(ms: number) {
      monotonic += ms;
      wall += ms;
    },
    sleep(ms: number) {
      wall += ms;
    },
  };
}

describe("the silence of a connection", () => {
  it("is quiet until something is sent into it, and unanswered from then on", () => {
    const line = connection();
    line.pass(4000);
    assert.deepEqual(line.now(), { silentMs: 4000, quietMs: 4000, unansweredMs: 0, sleptMs: 0 });
    line.sent();
    line.pass(500);
    line.sent();
    line.pass(1500);
    assert.deepEqual(line.now(), { silentMs: 6000, quietMs: 4000, unansweredMs: 2000, sleptMs: 0 });
  });

  it("ends with the first byte that comes", () => {
    const line = connection();
    line.pass(4000);
    line.sent();
    line.heard();
    line.pass(10);
    assert.deepEqual(line.now(), { silentMs: 10, quietMs: 10, unansweredMs: 0, sleptMs: 0 });
  });

  it("tells a sleep of the machine by a timer that comes too late", () => {
    const line = connection();
    line.pass(5000);
    line.tick();
    line.sleep(3_600_000);
    line.pass(5000);
    assert.equal(line.now().sleptMs, 3_600_000);
    line.tick();
    line.pass(5000);
    line.tick();
    assert.equal(line.now().sleptMs, 3_600_000);
    line.heard();
    assert.equal(line.now().sleptMs, 0);
  });

  it("takes a busy machine's late timer for no sleep", () => {
    const line = connection();
    line.pass(9000);
    line.tick();
    assert.equal(line.now().sleptMs, 0);
  });
});
