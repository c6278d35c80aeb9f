import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { OomKill, OomKills } from "../../probes/oomKills.ts";
import { oomKill } from "./oomKill.ts";

const group = { dir: "/sys/fs/cgroup/app", kills: 1, limitBytes: 200 * 2 ** 20, peakBytes: 200 * 2 ** 20 };
const kill: OomKill = {
  agoMs: 500,
  pid: 77,
  name: "compile",
  of: "group",
  group: "/app",
  line: "oom-kill:constraint=CONSTRAINT_MEMCG",
};
const kills: OomKills = { log: [kill], logRead: true, samePids: true, dlvMs: 910, groups: [group] };
const hidden: OomKills = { ...kills, log: [], logRead: false };
const killed: Partial<Timeline> = {
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError:
    "Build Error: go build -o /w/__debug_bin\nnet/http: /go/compile: signal: killed (exit status 1)\n",
};
const certainty = (facts: OomKills, timeline = killed) =>
  judge(oomKill, { kills: facts }, launchOf({}, timeline))?.certainty;

describe("oom-kill", () => {
  it("is proven by the kernel's log where it names dlv's own group", () => {
    const found = judge(oomKill, { kills }, launchOf({}, killed));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "The kernel killed compile (pid 77): the memory limit of 200 MiB was reached.",
    );
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    assert.deepEqual(
      found.fixes.map(({ id, preferred }) => [id, preferred]),
      [
        ["oom-kill/more-memory", true],
        ["oom-kill/one-compiler", false],
      ],
    );
  });

  it("is silent once nothing was killed: after the fix that a person makes, and after the other", () => {
    assert.equal(judge(oomKill, { kills }, launchOf({}, underWay)), undefined);
    const launch = launchOf({ buildFlags: "-tags x" }, killed);
    const found = judge(oomKill, { kills }, launch);
    const fix = found?.fixes.find(({ preferred }) => !preferred);
    assert.ok(fix);
    const config = fixedConfig(launch.config, {
      cause: "",
      title: "",
      ...found,
      certainty: "proven",
      because: "",
      evidence: [],
      fixes: [{ ...fix, preferred: true }],
    });
    assert.equal(config["buildFlags"], "-tags x -p=1");
    assert.equal(judge(oomKill, { kills }, launchOf(config, underWay)), undefined);
  });

  it("is likely by the counter alone, and possible where RLIMIT_CPU or another group may be it", () => {
    assert.equal(certainty(hidden), "likely");
    assert.equal(certainty({ ...hidden, cpuSeconds: 5 }), "possible");
    const { dlvMs: _, ...gone } = hidden;
    assert.equal(certainty(gone), "possible");
    assert.equal(certainty({ ...hidden, groups: [{ ...group, kills: 0 }] }), undefined);
  });

  it("is silent for a kill by hand or by RLIMIT_CPU: a log that was read says nothing of it", () => {
    assert.equal(certainty({ ...kills, log: [] }), undefined);
    assert.equal(certainty({ ...kills, log: [], cpuSeconds: 5 }), undefined);
    const gone: Partial<Timeline> = {
      ...killed,
      buildError: "",
      dlv: { pid: 5, argv: [], cwd: "/w", exit: { code: null, signal: "SIGKILL" } },
    };
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "dlv", pid: 6 }] }, gone), undefined);
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "dlv", pid: 5 }] }, gone), "proven");
  });

  it("is silent for a kill before dlv began, of another program, or in somebody else's group", () => {
    assert.equal(certainty({ ...kills, log: [{ ...kill, agoMs: 5000 }] }), undefined);
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "chrome" }] }), undefined);
    assert.equal(certainty({ ...kills, log: [{ ...kill, group: "/other" }] }), undefined);
  });

  it("tells the program's end by the pid that was seen, and by nothing else", () => {
    const process = { pid: 77, ppid: 5, name: "hog", argv: [], state: "S", cpuMs: 0, tracer: 5 };
    const ended: Partial<Timeline> = { ...underWay, outcome: "exited", last: { processes: [process] } };
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "hog" }] }, ended), "proven");
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "hog", pid: 78 }] }, ended), undefined);
    assert.equal(certainty(hidden, ended), undefined);
    assert.equal(
      certainty({ ...kills, log: [{ ...kill, name: "hog" }] }, { ...ended, exitCode: 2 }),
      undefined,
    );
    const unseen: Partial<Timeline> = { ...ended, exitCode: -9, last: { processes: [] } };
    assert.equal(certainty({ ...kills, log: [{ ...kill, name: "hog", pid: 78 }] }, unseen), "proven");
    assert.equal(
      certainty({ ...kills, log: [{ ...kill, name: "hog", group: "/other" }] }, unseen),
      undefined,
    );
  });

  it("speaks of the machine's memory where no group's limit was reached", () => {
    const { group: _, ...ofMachine } = { ...kill, of: "machine" as const };
    const found = judge(oomKill, { kills: { ...kills, log: [ofMachine], groups: [] } }, launchOf({}, killed));
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /machine's memory was used up/);
  });
});
