import assert from "node:assert/strict";
import { encodeFrame } from "./frames.ts";
import { createObserver, errorOf, isPrinted } from "./observe.ts";

const response = (more: object) => ({ type: "response", request_seq: 2, command: "launch", ...more });
const output = (text: string, category = "stdout") => ({
  type: "event",
  event: "output",
  body: { category, output: text },
});

describe("an observer", () => {
  it("tells requests by command and seq alone: arguments may be secret", () => {
    const request = { type: "request", command: "launch", seq: 2, arguments: { env: { TOKEN: "x" } } };
    assert.deepEqual(createObserver().fromClient(request), [{ kind: "request", command: "launch", seq: 2 }]);
  });

  it("tells a success", () => {
    assert.deepEqual(createObserver().toClient(response({ success: true })), [
      { kind: "response", command: "launch", seq: 2, success: true },
    ]);
  });

  it("tells a failure with Delve's details, not its summary", () => {
    const body = { error: { id: 3000, format: "Failed to launch: no such file", showUser: true } };
    assert.deepEqual(
      createObserver().toClient(response({ success: false, message: "Failed to launch", body })),
      [
        {
          kind: "response",
          command: "launch",
          seq: 2,
          success: false,
          error: { id: 3000, text: "Failed to launch: no such file", showUser: true },
        },
      ],
    );
  });

  it("fills placeholders in, and leaves those without a value", () => {
    const body = { error: { id: 1, format: "{a} and {b}", variables: { a: "x" } } };
    assert.equal(errorOf({ body }).text, "x and {b}");
    assert.equal(errorOf({ message: "summary" }).text, "summary");
    assert.equal(errorOf({}).text, "no reason given");
  });

  it("joins breakpoints to the places that were asked for", () => {
    const observer = createObserver();
    observer.fromClient({
      type: "request",
      command: "setBreakpoints",
      seq: 2,
      arguments: { source: { path: "/a.go" }, breakpoints: [{ line: 7 }, { line: 9 }] },
    });
    const breakpoints = [{ verified: true }, { verified: false, message: "could not find file /a.go" }];
    const told = observer.toClient(
      response({ command: "setBreakpoints", success: true, body: { breakpoints } }),
    );
    assert.deepEqual(told.slice(1), [
      { kind: "breakpoint", at: "/a.go:7", verified: true },
      { kind: "breakpoint", at: "/a.go:9", verified: false, message: "could not find file /a.go" },
    ]);
  });

  it("tells the events that make a launch, and no others", () => {
    const observer = createObserver();
    const event = (name: string, body?: object) => observer.toClient({ type: "event", event: name, body });
    assert.deepEqual(event("exited", { exitCode: -9 }), [{ kind: "event", event: "exited", exitCode: -9 }]);
    assert.deepEqual(event("stopped", { reason: "entry" }), [
      { kind: "event", event: "stopped", reason: "entry" },
    ]);
    assert.deepEqual(event("initialized"), [{ kind: "event", event: "initialized" }]);
    assert.deepEqual(event("continued"), []);
  });

  it("cuts output at 8 kB a message and 64 kB in all, build errors excepted", () => {
    const observer = createObserver();
    const kept = Array.from({ length: 20 }, () => observer.toClient(output("x".repeat(20_000))));
    const lengths = kept.flat().map((one) => (one.kind === "output" ? one.text.length : 0));
    assert.deepEqual(lengths, Array(8).fill(8192));
    const [error] = observer.toClient(output("Build Error: go build\nmain.go:3:15: undefined", "stderr"));
    assert.equal(error?.kind === "output" && error.category, "stderr");
  });

  it("tells mere output by its bytes, and leaves all else to its head", () => {
    const printed = (message: object, cut = 0) => {
      const bytes = encodeFrame(message);
      return isPrinted(bytes.subarray(0, bytes.length - cut), bytes.indexOf("{"));
    };
    const event = { seq: 0, type: "event", event: "output" };
    const body = { category: "stdout", output: "x" };
    assert.equal(printed({ ...event, body }), true);
    assert.equal(printed({ ...event, seq: 123456, body }), true);
    assert.equal(printed({ ...event, body: { ...body, category: "stderr" } }), false);
    assert.equal(printed({ ...event, event: "stopped", body }), false);
    assert.equal(printed({ seq: 0, type: "response", body: { ...event, body } }), false);
    assert.equal(printed({ ...event, body }, 20), false);
  });

  it("takes messages of any shape", () => {
    for (const message of [
      {},
      { type: "response" },
      { type: "event", event: "output", body: 3 },
      { type: 1 },
    ]) {
      createObserver().toClient(message);
      createObserver().fromClient(message);
    }
  });
});
