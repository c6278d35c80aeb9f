import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { terminalConsoleNoCallback } from "./terminalConsoleNoCallback.ts";

const dlv = {
  pid: 40,
  name: "dlv",
  state: "S",
  children: 0,
  terminal: true,
  address: "127.0.0.1:4000",
  sameNetwork: true,
};
const rights = { uid: 1000, noNewPrivs: false, dlvCapabilities: "", sudo: "" };
const config = { console: "integratedTerminal", mode: "exec" };
const waiting = {
  awaiting: dlv.address,
  totalMs: 9000,
  phases: [{ name: "start", startMs: 0, ms: 9000, parts: [] }],
} as const;
const gaveUp = {
  ...waiting,
  outcome: "failed",
  failure: {
    text: "dlv in the terminal did not connect back in 30 s: dlv dap",
    phase: "start",
    command: "initialize",
  },
} as const;

function find(
  dialling: readonly object[],
  timeline: Parameters<typeof launchOf>[1] = waiting,
  one: object = config,
  more: object = {},
) {
  const facts = { dialling, rights: { ...rights, ...more } };
  return judge(terminalConsoleNoCallback, facts, launchOf({ ...one }, timeline));
}
const finding = (found: ReturnType<typeof find>) => found && { cause: "", title: "", ...found };

describe("terminal-console-no-callback", () => {
  it("is likely where no dlv is there to dial back, while it waits and after it gave up", () => {
    for (const timeline of [waiting, gaveUp]) {
      const found = find([], timeline);
      assert.equal(found?.certainty, "likely");
      assert.deepEqual(found.explains, { phase: "start", ms: 9000 });
    }
  });

  it("is proven for a dlv in another network namespace, and only likely for one in ours", () => {
    const found = find([{ ...dlv, sameNetwork: false }]);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /dlv \(pid 40\) runs in another network namespace, where 127.0.0.1:4000/);
    assert.equal(find([dlv])?.certainty, "likely");
  });

  it("takes another session's dlv for its own only where the address is not known, and then proves nothing", () => {
    const apart = { ...dlv, sameNetwork: false };
    assert.match(find([{ ...apart, address: "127.0.0.1:4999" }])?.because ?? "", /has not run dlv/);
    const { awaiting: _, ...unknown } = waiting;
    assert.equal(find([apart], unknown)?.certainty, "likely");
  });

  it("its fix silences it: the debug console needs no terminal", () => {
    const fixed = fixedConfig(config, finding(find([])));
    assert.deepEqual(fixed, { console: "internalConsole", mode: "exec" });
    assert.equal(find([], waiting, fixed), undefined);
  });

  it("keeps the terminal for asRoot, where sudo has to ask", () => {
    assert.equal(preferredFix(finding(find([], waiting, { asRoot: true }))).action.kind, "advice");
  });

  it("leaves a sudo that asks or cannot to their own causes", () => {
    const root = { ...config, asRoot: true };
    assert.equal(find([{ ...dlv, name: "sudo" }], waiting, root), undefined);
    assert.equal(find([], waiting, root, { sudo: "sudo: effective uid is not 0" }), undefined);
  });

  it("is clear where the client or the machine has no terminal, and says so at once", () => {
    const refused = {
      ...gaveUp,
      totalMs: 12,
      phases: [{ name: "start", startMs: 0, ms: 12, parts: [] }],
    } as const;
    assert.equal(find([], refused), undefined);
  });

  it("is clear once dlv has dialled back, without a launch, and without a terminal", () => {
    assert.equal(find([], { ...waiting, dlv: { pid: 40, argv: [], cwd: "/w" } }), undefined);
    assert.equal(find([], underWay), undefined);
    assert.equal(find([], failed("Failed to launch: x")), undefined);
    assert.equal(find([], {}), undefined);
    assert.equal(find([], waiting, { mode: "exec", console: "internalConsole" }), undefined);
    assert.equal(find([], waiting, { ...config, port: 2345 }), undefined);
  });
});
