import assert from "node:assert/strict";
import { createFramer, encodeFrame, type Frame } from "./frames.ts";
import { listHappening } from "./goroutineList.ts";

/** The message as it comes in two pieces, the first so long. */
function frameOf(message: object, first = 60_000): Frame {
  const bytes = encodeFrame(message);
  const framer = createFramer();
  const pieces = [bytes.subarray(0, first), bytes.subarray(first)].filter(({ length }) => length > 0);
  return pieces.flatMap((piece) => [...framer.push(piece)])[0] ?? assert.fail("no message");
}

describe("the heads of messages after a stop", () => {
  it("tell of the list that VS Code asks for", () => {
    const request = frameOf({ command: "threads", type: "request", seq: 9 });
    assert.deepEqual(listHappening(request), { kind: "request", command: "threads", seq: 9 });
  });

  it("tell of the list that Delve gives, however long, wherever it was cut, whatever functions are called", () => {
    const threads = Array.from({ length: 50_000 }, (_, id) => ({ id, name: `[Go ${id}] f[{"id":1}]` }));
    const head = { seq: 0, type: "response", request_seq: 9, success: true, command: "threads" };
    // The second is Delve's way: the header block first, alone.
    for (const first of [1001, 27, 7])
      assert.deepEqual(listHappening(frameOf({ ...head, body: { threads } }, first)), {
        ...{ kind: "response", command: "threads", seq: 9, success: true, count: 50_000 },
      });
    assert.deepEqual(listHappening(frameOf({ ...head, success: false })), {
      ...{ kind: "response", command: "threads", seq: 9, success: false },
    });
  });

  it("tell nothing of other messages", () => {
    assert.equal(listHappening(frameOf({ seq: 9, type: "request", command: "stackTrace" })), undefined);
    const printed = { category: "stdout", output: '{"command":"threads","type":"request"}' };
    assert.equal(
      listHappening(frameOf({ seq: 0, type: "event", event: "output", body: printed })),
      undefined,
    );
  });
});
