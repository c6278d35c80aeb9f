import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { running } from "../../../test/lab/running.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { OomKill, OomKills } from "../../probes/oomKills.ts";
import type { ProgramEnd } from "../../probes/programEnd.ts";
import { debuggeeKilled } from "./debuggeeKilled.ts";

const { current: _, ...over } = running;
const stopped: Partial<Timeline> = { ...over, outcome: "stopped" };
const exited: Partial<Timeline> = { ...over, outcome: "exited" };
const dead: ProgramEnd = { pid: 11, state: "dead", signal: 9 };
const quiet: OomKills = { log: [], logRead: true, samePids: true, dlvMs: 7000, groups: [] };
const verdict = (end: ProgramEnd | undefined, timeline: Partial<Timeline>, kills = quiet) =>
  judge(debuggeeKilled, { end, kills }, launchOf({}, timeline));
const dlv = (exit: NonNullable<Timeline["dlv"]>["exit"]) => ({
  dlv: { pid: 10, argv: ["dlv"], cwd: "/w", ...(exit && { exit }) },
});
const killed = { code: null, signal: "SIGKILL" };

describe("debuggee-killed", () => {
  it("is proven by a zombie while dlv believes in a stop", () => {
    const found = verdict(dead, stopped);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /pid 11 \(app\) was killed by SIGKILL while it stood at a stop/);
  });

  it("is likely of a program that ran, and of a dlv that nobody here ended", () => {
    assert.equal(verdict(undefined, { ...exited, exitCode: -9 })?.certainty, "likely");
    assert.equal(verdict(undefined, { ...exited, exitCode: -15 })?.certainty, "likely");
    assert.match(
      verdict(undefined, { ...stopped, ...dlv(killed) })?.because ?? "",
      /dlv \(pid 10\) was killed after/,
    );
    assert.match(verdict(undefined, { ...exited, ...dlv(killed) })?.because ?? "", /while the program ran/);
  });

  it("is clear where memory ran out: that has a cause of its own", () => {
    const kill: OomKill = { agoMs: 500, pid: 11, name: "app", of: "group", group: "/box", line: "" };
    const log = (...log: OomKill[]): OomKills => ({ ...quiet, log });
    assert.equal(verdict(dead, stopped, log(kill)), undefined);
    const gone = { ...exited, exitCode: -9, last: { processes: [] } };
    const groups = [{ dir: "/sys/fs/cgroup/box", kills: 1 }];
    assert.equal(verdict(undefined, gone, { ...log({ ...kill, pid: 99 }), groups }), undefined);
    assert.equal(verdict(undefined, gone, { ...quiet, logRead: false, groups }), undefined);
    assert.equal(verdict(undefined, gone, log({ ...kill, pid: 99 }))?.certainty, "likely", "another's group");
    assert.equal(
      verdict(undefined, gone, log({ ...kill, agoMs: 90_000, of: "machine" }))?.certainty,
      "likely",
    );
  });

  it("is clear at a living stop, at a natural end, after a crash, after Ctrl+C, and where we ended dlv", () => {
    assert.equal(verdict({ pid: 11, state: "alive" }, stopped), undefined);
    assert.equal(verdict({ pid: 11, state: "gone" }, stopped), undefined, "the session is over");
    for (const exitCode of [0, 2, -2, -6, -11])
      assert.equal(verdict(undefined, { ...exited, exitCode }), undefined);
    assert.equal(verdict(undefined, { ...stopped, ...dlv({ ...killed, ours: true }) }), undefined);
    assert.equal(verdict(undefined, { ...stopped, ...dlv({ code: 0, signal: null }) }), undefined);
    assert.equal(verdict(undefined, { ...over, outcome: "cancelled", ...dlv(killed) }), undefined);
  });
});
