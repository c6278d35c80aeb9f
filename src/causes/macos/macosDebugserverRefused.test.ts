import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import type { MacDebugging } from "../../probes/macDebugging.ts";
import { macosDebugserverRefused } from "./macosDebugserverRefused.ts";

// As go-delve/delve#1534 has it; go-delve/delve#2971 shows the same as a DAP error.
const stub = failed(
  "Failed to launch: could not launch process: stub exited while waiting for connection: exit status 0",
);
const off: MacDebugging = { system: "15.0", user: "ann", developerMode: false, developer: false, ssh: false };
const native = { appleSilicon: true, translated: false };
const verdict = (mac: MacDebugging | undefined, timeline = stub, processor: object | undefined = native) =>
  judge(macosDebugserverRefused, { mac, processor }, launchOf({}, timeline));
const fixOf = (mac: MacDebugging) => {
  const found = verdict(mac);
  return found && preferredFix({ cause: "", title: "", ...found }).id;
};

describe("macos-debugserver-refused", () => {
  it("names developer mode and group, and each fix silences its part", () => {
    const found = verdict(off);
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /developer mode is off, and ann is not a member of the group _developer/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(fixOf(off), "macos-debugserver-refused/developer-mode");
    assert.doesNotMatch(verdict({ ...off, developerMode: true, developer: true })?.because ?? "", /refused/);
  });

  it("puts the group first over ssh, where nobody can answer a dialog", () => {
    const mac = { ...off, developerMode: true, ssh: true };
    assert.equal(fixOf(mac), "macos-debugserver-refused/group");
    assert.equal(verdict(mac)?.certainty, "likely");
  });

  it("is only possible where nothing is wrong with the rights: debugserver may have crashed", () => {
    const mac = { ...off, developerMode: true, developer: true };
    assert.equal(verdict(mac)?.certainty, "possible");
    assert.equal(fixOf(mac), "macos-debugserver-refused/tools");
  });

  it("thinks of a dialog in a load that nobody sees into, and not where processes are seen", () => {
    const load = { name: "load", startMs: 0, ms: 12_000, parts: [] } as const;
    const waits = { phases: [load], current: "load" } as const;
    const found = verdict(off, waits);
    assert.equal(found?.certainty, "possible");
    assert.deepEqual(found.explains, { phase: "load", ms: 12_000 });
    assert.equal(verdict({ ...off, developerMode: true, developer: true }, waits), undefined);
    assert.equal(verdict(off, { ...waits, phases: [{ ...load, ms: 2000 }] }), undefined);
    const seen = { processes: [{ pid: 1, ppid: 0, name: "dlv", argv: [], state: "S", cpuMs: 0 }] };
    assert.equal(verdict(off, { ...waits, last: seen }), undefined);
  });

  it("is clear on another system, under Rosetta, and for another failure", () => {
    assert.equal(verdict(undefined, stub, undefined), undefined);
    assert.equal(verdict(off, stub, { ...native, translated: true }), undefined);
    assert.equal(verdict(off, failed("Failed to launch: something else")), undefined);
  });
});
