import assert from "node:assert/strict";
import type { Happening, LaunchEvent } from "./event.ts";
import { listAtStop } from "./goroutineList.ts";

const log = (...all: readonly (readonly [number, Happening])[]): LaunchEvent[] =>
  all.map(([t, happening]) => ({ t, ...happening }));
const asked = (seq: number): Happening => ({ kind: "request", command: "threads", seq });
const answered = (seq: number, count: number): Happening => ({
  ...{ kind: "response", command: "threads", seq, success: true, count },
});
const stopped: Happening = { kind: "event", event: "stopped", reason: "breakpoint" };

describe("the list of goroutines at the stop", () => {
  it("is the first that was asked for after it, with its time and its count", () => {
    const events = log(
      ...([
        [10, asked(5)],
        [12, answered(5, 1)],
        [100, stopped],
        [110, asked(6)],
      ] as const),
      ...([
        [2710, answered(6, 20_005)],
        [3000, asked(7)],
        [3010, answered(7, 20_005)],
      ] as const),
    );
    assert.deepEqual(listAtStop(events, 9000), { ms: 2600, count: 20_005 });
  });

  it("has no count while it is waited for, and is nothing once dlv is gone", () => {
    const events = log([100, stopped], [110, asked(6)]);
    assert.deepEqual(listAtStop(events, 4110), { ms: 4000 });
    const gone = log([5000, { kind: "exited", code: 1, signal: null }]);
    assert.equal(listAtStop([...events, ...gone], 9000), undefined);
  });

  it("is nothing before the stop, where nobody asks, and where dlv refuses", () => {
    assert.equal(listAtStop(log([10, asked(5)]), 9000), undefined);
    assert.equal(listAtStop(log([100, stopped]), 9000), undefined);
    const refused: Happening = { kind: "response", command: "threads", seq: 6, success: false };
    assert.equal(listAtStop(log([100, stopped], [110, asked(6)], [2000, refused]), 9000), undefined);
  });
});
