import assert from "node:assert/strict";
import { answer, failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Timeline } from "../../core/timeline.ts";
import { buildMounts } from "../../probes/buildMounts.ts";
import { drvfsSlow } from "./drvfsSlow.ts";

/** A line of each kind as the systems' own documents and reports show it: WSL 2 (microsoft/WSL), Docker Desktop. */
const mountinfo = `27 1 8:32 / / rw - ext4 /dev/sdc rw
60 27 0:45 / /mnt/c rw,noatime - 9p drvfs rw,dirsync,aname=drvfs;path=C:\\;uid=1000,gid=1000,symlinkroot=/mnt/,mmap,access=client,msize=65536,trans=fd,rfd=8,wfd=8
61 27 0:46 /app /workspaces/app rw,relatime - fuse.grpcfuse grpcfuse rw,user_id=0,group_id=0,allow_other,max_read=1048576
62 27 0:47 / /cache rw,relatime - virtiofs host rw
`;
const read = (text: string) => buildMounts.read(answer(text + mountinfo), launchOf({}));
const took = (ms: number): Partial<Timeline> => ({
  outcome: "stopped",
  phases: [{ name: "build", startMs: 0, ms, parts: [{ name: "list", ms: ms / 2, count: 1 }] }],
});
const slow = launchOf({}, took(12_000));
const place = "/var/tmp/delve-doctor-1000";

describe("drvfs-slow", () => {
  it("names a Windows drive in WSL with what a file costs there, and asks to move", () => {
    const mounts = read(
      "tree sources /mnt/c/app\nopened 300 100.00 101.50\ntree GOCACHE /home/me/.cache/go-build\n",
    );
    const found = judge(drvfsSlow, { mounts, place }, slow);
    assert.equal(found?.certainty, "likely");
    assert.equal(
      found.because,
      "The module in /mnt/c/app is on a Windows drive (/mnt/c, 9p), where opening a file takes 5.0 ms.",
    );
    assert.deepEqual(found.explains, { phase: "build", ms: 6000 });
    assert.deepEqual(
      found.fixes.map(({ id, preferred }) => [id, preferred]),
      [["drvfs-slow/move", true]],
    );
    const moved = read("tree sources /home/me/app\ntree GOCACHE /home/me/.cache/go-build\n");
    assert.equal(judge(drvfsSlow, { mounts: moved, place }, slow), undefined);
  });

  it("takes a cache elsewhere where that alone is slow, and that silences it", () => {
    const mounts = read("tree sources /home/me/app\ntree GOCACHE /cache/go-build\nopened 300 1.00 1.90\n");
    const found = judge(drvfsSlow, { mounts, place }, slow);
    assert.match(found?.because ?? "", /build cache in \/cache\/go-build is on \/cache \(virtiofs\)/);
    const config = fixedConfig(slow.config, {
      cause: "",
      title: "",
      certainty: "likely",
      because: "",
      evidence: [],
      fixes: found?.fixes ?? [],
    });
    assert.deepEqual(config["env"], { GOCACHE: "/var/tmp/delve-doctor-1000/gocache" });
    const squatted = judge(drvfsSlow, { mounts, place: undefined }, slow);
    assert.deepEqual(
      squatted?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["drvfs-slow/move", true]],
    );
    const local = read("tree sources /home/me/app\ntree GOCACHE /var/tmp/delve-doctor-1000/gocache\n");
    assert.equal(judge(drvfsSlow, { mounts: local, place }, launchOf(config, took(12_000))), undefined);
  });

  it("leaves such a mount alone that is quick, a quick build, and one that failed", () => {
    const quick = read("tree sources /workspaces/app\nopened 300 1.00 1.05\n");
    assert.equal(judge(drvfsSlow, { mounts: quick, place }, slow), undefined);
    const mounts = read("tree sources /workspaces/app\nopened 300 1.00 2.50\n");
    assert.ok(judge(drvfsSlow, { mounts, place }, slow));
    assert.equal(judge(drvfsSlow, { mounts, place }, launchOf({}, took(900))), undefined);
    const stuck: Partial<Timeline> = {
      phases: took(12_000).phases ?? [],
      current: "build",
      idleMs: 5000,
      last: { processes: [{ pid: 2, ppid: 1, name: "go", argv: [], state: "D", cpuMs: 1 }] },
    };
    assert.equal(judge(drvfsSlow, { mounts, place }, launchOf({}, stuck)), undefined);
    const failure = { ...failed("x", "build"), phases: took(12_000).phases ?? [] };
    assert.equal(judge(drvfsSlow, { mounts, place }, launchOf({}, failure)), undefined);
  });
});
