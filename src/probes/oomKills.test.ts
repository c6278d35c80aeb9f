import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { oomKills } from "./oomKills.ts";

const read = (stdout: string) => oomKills.read(answer(stdout), launchOf({}));

describe("the kernel's word about memory", () => {
  it("is read from Linux 6.18, version 1 of control groups", () => {
    const facts = read(`uptime 24390.00 1.0
stat S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 2438000 20
pid:[4026531836]
Max cpu time              unlimited            unlimited            seconds
group 2 60000256 60000256 /sys/fs/cgroup/memory/app
group 0 9223372036854771712 900 /sys/fs/cgroup/memory
read
log [24382.956928] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/app,task_memcg=/app/x,task=compile,pid=9088,uid=0
log [24382.957108] Memory cgroup out of memory: Killed process 9088 (compile) total-vm:1282628kB, anon-rss:29568kB
`);
    assert.equal(facts.log.length, 1);
    const [kill] = facts.log;
    assert.deepEqual(
      [kill?.pid, kill?.name, kill?.of, kill?.group, Math.round(kill?.agoMs ?? 0)],
      [9088, "compile", "group", "/app", 7043],
    );
    assert.match(kill?.line ?? "", /^Memory cgroup out of memory/);
    assert.deepEqual(facts.groups, [
      { dir: "/sys/fs/cgroup/memory/app", kills: 2, limitBytes: 60000256, peakBytes: 60000256 },
      { dir: "/sys/fs/cgroup/memory", kills: 0, peakBytes: 900 },
    ]);
    assert.deepEqual([facts.dlvMs, facts.samePids, facts.logRead], [10_000, true, true]);
    assert.equal(facts.cpuSeconds, undefined);
  });

  it("is read in the words of older kernels, of the journal, and of version 2", () => {
    const facts = read(`uptime 100.5 1.0
pid:[4026532001]
Max cpu time              5                    7                    seconds
group 1 max - /sys/fs/cgroup
read
log [   90.500000] build7 kernel: Out of memory: Killed process 12 (link), UID 1000, total-vm:5kB
log [   95.500000] Memory cgroup out of memory: Kill process 13 (my prog) score 900 or sacrifice child
log [   95.500001] Killed process 13 (my prog) total-vm:5kB
`);
    assert.deepEqual(
      facts.log.map(({ pid, name, of, agoMs }) => [pid, name, of, Math.round(agoMs)]),
      [
        [12, "link", "machine", 10_000],
        [13, "my prog", "machine", 5000],
      ],
    );
    assert.deepEqual(facts.groups, [{ dir: "/sys/fs/cgroup", kills: 1 }]);
    assert.deepEqual([facts.dlvMs, facts.samePids, facts.cpuSeconds], [undefined, false, 7]);
  });

  it("is timed by its own clock, which a suspended machine stops", () => {
    const lines = (clock: string) =>
      `uptime 90100.5 1.0\n${clock}\nread\nlog [   95.5] Out of memory: Killed process 12 (link)\n`;
    const ago = (clock: string) => read(lines(clock)).log.map(({ agoMs }) => Math.round(agoMs));
    assert.deepEqual(ago("clock 100.5"), [5000]);
    assert.deepEqual(ago("suspended 0"), [90_005_000]);
    assert.deepEqual(ago("suspended "), [90_005_000]);
    assert.deepEqual(ago("suspended 3"), []);
    assert.equal(read(lines("suspended 3")).logRead, false);
  });

  it("settles nothing where there is no /proc", () => {
    assert.throws(() => read(""), /no \/proc\/uptime/);
  });
});
