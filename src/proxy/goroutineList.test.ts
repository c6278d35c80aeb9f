import assert from "node:assert/strict";
import type { Happening } from "../core/event.ts";
import { encodeFrame } from "./frames.ts";
import { createListReader } from "./goroutineList.ts";

/** What is told of messages that come in pieces of so many bytes. */
function told(wanted: "request" | number, messages: readonly object[], size = 60_000): readonly Happening[] {
  const heard: Happening[] = [];
  const look = createListReader(wanted, (happening) => heard.push(happening));
  for (const message of messages) {
    const bytes = encodeFrame(message);
    for (let at = 0; at < bytes.length; at += size)
      look(bytes.subarray(at, at + size), at + size >= bytes.length);
  }
  return heard;
}

const asked = { command: "threads", type: "request", seq: 9 };
const answer = { seq: 0, type: "response", request_seq: 9, success: true, command: "threads" };
const other = { seq: 0, type: "response", request_seq: 8, success: true, command: "stackTrace" };

describe("a reader of the list of goroutines", () => {
  it("tells of VS Code's request for it, once, however it was cut", () => {
    for (const size of [1, 25, 60_000])
      assert.deepEqual(told("request", [{ ...asked, command: "next" }, asked, { ...asked, seq: 10 }], size), [
        { kind: "request", command: "threads", seq: 9 },
      ]);
  });

  it("tells of Delve's answer, however long, wherever it is cut, whatever functions are called", () => {
    const threads = Array.from({ length: 500 }, (_, id) => ({ id, name: `[Go ${id}] f[{"id":1}]` }));
    for (const size of [1, 3, 5, 6, 7, 27, 1001, 60_000, 1_000_000])
      assert.deepEqual(told(9, [other, { ...answer, body: { threads } }], size), [
        { kind: "response", command: "threads", seq: 9, success: true, count: 500 },
      ]);
  });

  it("tells of an answer that is a refusal, and waits for the one that is due", () => {
    const refused = { ...answer, success: false, message: "no" };
    assert.deepEqual(told(9, [{ ...answer, request_seq: 7 }, refused]), [
      { kind: "response", command: "threads", seq: 9, success: false },
    ]);
  });

  it("tells nothing of other messages", () => {
    const printed = { category: "stdout", output: '{"command":"threads","type":"request","request_seq":9}' };
    const event = { seq: 0, type: "event", event: "output", body: printed };
    assert.deepEqual(told("request", [event, { ...asked, type: "response" }]), []);
    assert.deepEqual(told(9, [event, other]), []);
  });
});
