import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { type CpuQuota, cpuQuota } from "../../probes/cpuQuota.ts";
import { cpuThrottled } from "./cpuThrottled.ts";

const building: Partial<Timeline> = {
  totalMs: 10_000,
  phases: [{ name: "build", startMs: 0, ms: 10_000, parts: [] }],
  current: "build",
};
const { current: _, ...before } = building;
const built: Partial<Timeline> = { ...before, outcome: "stopped" };
const group = {
  dir: "/sys/fs/cgroup/app",
  quota: 0.5,
  before: { periods: 90, throttled: 85, throttledMs: 8000 },
  after: { periods: 100, throttled: 95, throttledMs: 8600 },
};
const quota: CpuQuota = { ofDlv: true, cpus: 2, groups: [group] };
const certainty = (facts: CpuQuota, timeline = building) =>
  judge(cpuThrottled, { quota: facts }, launchOf({}, timeline))?.certainty;

describe("cpu-throttled", () => {
  it("is proven while a late build runs out of CPU in most periods", () => {
    const found = judge(cpuThrottled, { quota }, launchOf({}, building));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /CPU limit of 0\.5 CPUs stops .* 100 %/);
    assert.deepEqual(found.explains, { phase: "build", ms: 7500 });
    assert.deepEqual(
      found.fixes.map(({ id, preferred }) => [id, preferred]),
      [["cpu-throttled/raise-quota", true]],
    );
  });

  it("is silent where the fix of a person has lifted the quota, or made it as large as the machine", () => {
    assert.equal(certainty({ ...quota, groups: [] }), undefined);
    assert.equal(certainty({ ...quota, groups: [{ ...group, quota: 2 }] }), undefined);
  });

  it("is likely after the launch, where the sums account for its slow phase", () => {
    assert.equal(certainty(quota, built), "likely");
    assert.equal(
      certainty({ ...quota, groups: [{ ...group, after: { ...group.after, throttledMs: 900 } }] }, built),
      undefined,
    );
    assert.equal(certainty({ ...quota, ofDlv: false }), "likely");
  });

  it("is silent where the limit is not reached now, whatever the sums are", () => {
    const after = { ...group.after, throttled: 86 };
    assert.equal(certainty({ ...quota, groups: [{ ...group, after }] }), undefined);
  });

  it("is silent for a launch in its usual time, and for one that failed", () => {
    assert.equal(certainty(quota, underWay), undefined);
    assert.equal(certainty(quota, { ...built, outcome: "failed" }), undefined);
  });
});

describe("the quota of a group", () => {
  it("is read from both looks", () => {
    const text = `dlv
cpus 2
before 20000 100000 304 300 30000 /sys/fs/cgroup/cpu/app
after 20000 100000 314 309 30900 /sys/fs/cgroup/cpu/app
`;
    assert.deepEqual(cpuQuota.read(answer(text), launchOf({})), {
      ofDlv: true,
      cpus: 2,
      groups: [
        {
          dir: "/sys/fs/cgroup/cpu/app",
          quota: 0.2,
          before: { periods: 304, throttled: 300, throttledMs: 30_000 },
          after: { periods: 314, throttled: 309, throttledMs: 30_900 },
        },
      ],
    });
    assert.deepEqual(cpuQuota.read(answer("cpus 4\n"), launchOf({})), { ofDlv: false, cpus: 4, groups: [] });
  });
});
