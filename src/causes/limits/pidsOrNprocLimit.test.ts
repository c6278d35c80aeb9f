import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { type TaskLimits, taskLimits } from "../../probes/taskLimits.ts";
import { pidsOrNprocLimit } from "./pidsOrNprocLimit.ts";

const group = { dir: "/sys/fs/cgroup/app", limit: 100, now: 12, refused: 3 };
const none: TaskLimits = {
  ofDlv: true,
  uid: 1000,
  userTasks: 60,
  cpus: 2,
  groups: [],
  machineShare: 0.01,
};
const refused = failed(
  "Failed to launch: could not launch process: fork/exec /w/__debug_bin: resource temporarily unavailable",
);
const certainty = (limits: Partial<TaskLimits>, timeline = refused) =>
  judge(pidsOrNprocLimit, { limits: { ...none, ...limits } }, launchOf({}, timeline))?.certainty;

describe("pids-or-nproc-limit", () => {
  it("is proven by the counter of dlv's own group", () => {
    const limits = { ...none, groups: [group] };
    const found = judge(pidsOrNprocLimit, { limits }, launchOf({}, refused));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.evidence[1],
      "/sys/fs/cgroup/app: pids.max 100, pids.current 12 after the failure, pids.events max 3",
    );
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.deepEqual(
      found.fixes.map(({ id, preferred }) => [id, preferred]),
      [["pids-or-nproc-limit/raise-pids", true]],
    );
  });

  it("is proven by a user's limit that a build passes, and nothing else", () => {
    assert.equal(certainty({ userLimit: 100 }), "proven");
    assert.equal(certainty({ userLimit: 100, groups: [{ ...group, refused: 0 }] }), "proven");
    assert.equal(certainty({ userLimit: 5000, userTasks: 3000 }), "possible");
    assert.equal(certainty({ userLimit: 96_000 }), undefined);
  });

  it("is likely where two limits may have refused, where dlv is gone, or where the machine is full", () => {
    assert.equal(certainty({ userLimit: 100, groups: [group] }), "likely");
    assert.equal(certainty({ ofDlv: false, groups: [group] }), "likely");
    assert.equal(certainty({ machineShare: 0.9, groups: [group] }), "likely");
    const { refused: _, ...uncounted } = group;
    assert.equal(certainty({ groups: [{ ...uncounted, now: 80 }] }), "possible");
  });

  it("is silent once nothing is refused: its fix, which a person makes", () => {
    assert.equal(certainty({ groups: [group] }, underWay), undefined);
  });

  it("is silent without a limit: root, whom RLIMIT_NPROC does not bind", () => {
    assert.equal(certainty({}), undefined);
  });

  it("is silent for EAGAIN of a socket that a program prints, and for ENOMEM", () => {
    const printed = { ...underWay, printed: "read tcp 1.2.3.4:5: resource temporarily unavailable\n" };
    assert.equal(certainty({ groups: [group] }, printed), undefined);
    const memory = failed("could not launch process: fork/exec /w/__debug_bin: cannot allocate memory");
    assert.equal(certainty({ groups: [group] }, memory), undefined);
  });
});

describe("the limits of tasks", () => {
  const read = (text: string) => taskLimits.read(answer(text), launchOf({}));
  const lines = (uid: number, capabilities: string, map = "0 0 4294967295") => `dlv
Max processes             45                   45                   processes
Uid:	${uid}	${uid}	${uid}	${uid}
CapEff:	${capabilities}
map          ${map.replaceAll(" ", "          ")}
tasks 12 341
most 192730 32768
cpus 2
group 20 12 7 /sys/fs/cgroup/pids/app
group 500 12 - /sys/fs/cgroup/pids/old
`;

  it("are read with the counters of the groups", () => {
    const limits = read(lines(1000, "0000000000000000"));
    assert.deepEqual([limits.ofDlv, limits.uid, limits.userLimit, limits.userTasks], [true, 1000, 45, 12]);
    assert.deepEqual(limits.groups, [
      { dir: "/sys/fs/cgroup/pids/app", limit: 20, now: 12, refused: 7 },
      { dir: "/sys/fs/cgroup/pids/old", limit: 500, now: 12 },
    ]);
    assert.equal(limits.machineShare.toFixed(4), "0.0104");
  });

  it("count what an older kernel counts in the group below the limit", () => {
    const below = `group max 12 0 /g/user/app\ngroup max 12 4 /g/user\ngroup 20 12 0 /g\ngroup 90 12 0 /\n`;
    const limits = read(`tasks 12 341\n${below}`);
    assert.deepEqual(limits.groups, [
      { dir: "/g", limit: 20, now: 12, refused: 4, countedIn: "/g/user" },
      { dir: "/", limit: 90, now: 12, refused: 0 },
    ]);
    const found = judge(pidsOrNprocLimit, { limits: { ...limits, ofDlv: true } }, launchOf({}, refused));
    assert.equal(found?.certainty, "proven");
    assert.match(found.evidence[1] ?? "", /^\/g: pids\.max 20, .*, pids\.events in \/g\/user max 4$/);
  });

  it("do not bind root nor two capabilities, but root of a user namespace", () => {
    assert.equal(read(lines(0, "0000000000000000")).userLimit, undefined);
    assert.equal(read(lines(1000, "0000000001000000")).userLimit, undefined);
    assert.equal(read(lines(0, "000001ffffffffff", "0 100000 65536")).userLimit, 45);
  });

  it("settle nothing where there is no /proc", () => {
    assert.throws(() => read(""), /no \/proc/);
  });
});
