import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { type CpuUsers, cpuUsers } from "../../probes/cpuUsers.ts";
import { goTelemetryOrGoplsLoad } from "./goTelemetryOrGoplsLoad.ts";

const building: Partial<Timeline> = {
  totalMs: 10_000,
  phases: [{ name: "build", startMs: 0, ms: 10_000, parts: [] }],
  current: "build",
};
const gopls = { name: "gopls", pids: [70], cpuMs: 1600, rssBytes: 2 ** 30 };
const users: CpuUsers = {
  cpus: 2,
  ms: 1000,
  busyMs: 2000,
  tree: { cpuMs: 300, runnable: 2 },
  others: [gopls, { ...gopls, name: "sshd", pids: [71], cpuMs: 10 }],
  memory: { availableBytes: 2 ** 31, totalBytes: 2 ** 33 },
};
const find = (facts: Partial<CpuUsers>, timeline = building) =>
  judge(goTelemetryOrGoplsLoad, { users: { ...users, ...facts } }, launchOf({}, timeline));

describe("go-telemetry-or-gopls-load", () => {
  it("names who uses the CPUs that a late build waits for", () => {
    const found = find({});
    assert.equal(found?.certainty, "likely");
    assert.equal(
      found.because,
      "Others use 85 % of this machine's 2 CPUs while the launch waits for its share: gopls (pid 70).",
    );
    assert.match(found.evidence.join("\n"), /gopls \(pid 70\): 80 % of the CPUs, 1024 MiB of memory/);
    assert.deepEqual(found.explains, { phase: "build", ms: 8500 });
    assert.match(JSON.stringify(found.fixes), /status bar/);
  });

  it("is silent once the others are done, as its fix advises", () => {
    assert.equal(find({ busyMs: 400, others: [] }), undefined);
  });

  it("is silent for a first build, which keeps the CPUs busy by itself", () => {
    assert.equal(find({ tree: { cpuMs: 1700, runnable: 2 }, others: [{ ...gopls, cpuMs: 200 }] }), undefined);
  });

  it("is silent where dlv's processes wait for something else, or CPUs are left over", () => {
    assert.equal(find({ tree: { cpuMs: 0, runnable: 0 } }), undefined);
    assert.equal(find({ busyMs: 1500, others: [{ ...gopls, cpuMs: 1200 }] }), undefined);
  });

  it("is silent for a launch that is in its usual time, or is over", () => {
    assert.equal(find({}, underWay), undefined);
    const { current: _, ...before } = building;
    assert.equal(find({}, { ...before, outcome: "stopped" }), undefined);
  });

  it("says so where what keeps a container's machine busy cannot be seen in it", () => {
    assert.match(find({ others: [] })?.because ?? "", /programs that cannot be seen from here/);
  });
});

describe("who uses the CPUs", () => {
  it("is told from two looks, with dlv's tree apart and the asking shell left out", () => {
    const text = `root 10 self 90 cpus 2 page 4096
MemTotal:       8388608 kB
MemAvailable:   2097152 kB
before
cpu  1000 0 500 9000 10 0 5 0 0 0
p 10 S 1 5 20 100 dlv
p 11 S 10 10 30 100 go
p 70 R 1 100 0 256 go pls)
p 90 S 89 1 1 10 sh
after
cpu  1150 0 545 9005 10 0 5 0 0 0
p 10 S 1 5 20 100 dlv
p 11 S 10 11 40 100 go
p 12 R 11 15 0 100 compile
p 70 R 1 200 0 256 go pls)
p 90 S 89 9 1 10 sh
p 91 R 90 9 1 10 awk
`;
    assert.deepEqual(cpuUsers.read(answer(text), launchOf({})), {
      cpus: 2,
      ms: 1000,
      busyMs: 1950,
      tree: { cpuMs: 260, runnable: 1 },
      others: [{ name: "go pls)", pids: [70], cpuMs: 1000, rssBytes: 1_048_576 }],
      memory: { availableBytes: 2 ** 31, totalBytes: 2 ** 33 },
    });
  });

  it("settles nothing without /proc", () => {
    assert.throws(() => cpuUsers.read(answer("", 71), launchOf({})), /no \/proc/);
  });
});
