import assert from "node:assert/strict";
import { replay } from "../core/timeline.ts";
import { createObserver } from "./observe.ts";

const set = (seq: number, ...lines: readonly number[]) => ({
  type: "request",
  command: "setBreakpoints",
  seq,
  arguments: { source: { path: "/a.go" }, breakpoints: lines.map((line) => ({ line })) },
});
const answer = (seq: number, ...breakpoints: readonly object[]) => ({
  type: "response",
  request_seq: seq,
  command: "setBreakpoints",
  success: true,
  body: { breakpoints },
});
const hollow = { verified: false, message: "could not find file /a.go" };

/** The breakpoints of a timeline after these messages of client and dlv in turn. */
function known(...messages: readonly Readonly<Record<string, unknown>>[]) {
  const observer = createObserver();
  const happenings = messages.flatMap((one) =>
    one["type"] === "request" ? observer.fromClient(one) : observer.toClient(one),
  );
  return replay(happenings.map((one, t) => ({ t, ...one }))).breakpoints;
}

describe("the breakpoints of a launch", () => {
  it("are as dlv answered them last", () => {
    assert.deepEqual(known(set(1, 7), answer(1, hollow), set(2, 7), answer(2, { verified: true, id: 1 })), [
      { at: "/a.go:7", verified: true },
    ]);
  });

  it("are gone where the editor took them back", () => {
    assert.deepEqual(known(set(1, 7, 9), answer(1, hollow, hollow), set(2, 9), answer(2, hollow)), [
      { at: "/a.go:9", verified: false, message: hollow.message },
    ]);
    assert.deepEqual(known(set(1, 7), answer(1, hollow), set(2), answer(2)), []);
  });

  it("stay where a later request failed", () => {
    const failed = { ...answer(2), success: false };
    assert.equal(known(set(1, 7), answer(1, hollow), set(2), failed).length, 1);
  });

  it("are set later where Delve says so, by id", () => {
    const event = (id: number) => ({
      type: "event",
      event: "breakpoint",
      body: { reason: "changed", breakpoint: { id, verified: true, line: 7 } },
    });
    const suspended = { verified: false, id: 3, message: "unable to set breakpoint" };
    assert.deepEqual(known(set(1, 7), answer(1, suspended), event(3)), [{ at: "/a.go:7", verified: true }]);
    assert.deepEqual(known(set(1, 7), answer(1, suspended), event(4))[0]?.verified, false);
  });
});
