import assert from "node:assert/strict";
import { replay } from "./timeline.ts";
import { unansweredBreakpoints } from "./unanswered.ts";

const asked = (seq: number, t: number, command = "setBreakpoints") =>
  ({ kind: "request", command, seq, t }) as const;
const answered = (seq: number, t: number) =>
  ({ kind: "response", command: "setBreakpoints", seq, success: true, t }) as const;

describe("requests for breakpoints that nobody answers", () => {
  it("are those without a response, with how long they wait", () => {
    const events = [
      asked(1, 10),
      answered(1, 12),
      asked(2, 20, "setFunctionBreakpoints"),
      asked(3, 30, "threads"),
    ];
    assert.deepEqual(unansweredBreakpoints(events, 1020), [{ command: "setFunctionBreakpoints", ms: 1000 }]);
  });

  it("are in the timeline only where there are any", () => {
    assert.deepEqual(replay([asked(1, 10)], 60).unanswered, [{ command: "setBreakpoints", ms: 50 }]);
    assert.equal(Object.hasOwn(replay([asked(1, 10), answered(1, 11)], 60), "unanswered"), false);
  });
});
