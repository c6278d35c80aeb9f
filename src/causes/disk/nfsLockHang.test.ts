import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { FileWait } from "../../probes/fileWaits.ts";
import { nfsLockHang } from "./nfsLockHang.ts";

const process = { pid: 20, ppid: 10, name: "go", argv: [], state: "S", cpuMs: 5 };
const still: Partial<Timeline> = { current: "build", idleMs: 4000, last: { processes: [process] } };
const mounts = "27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:50 / /home rw,hard - nfs4 server:/home rw\n";
const nfs = { point: "/home", type: "nfs4", options: ["rw", "hard"] };
const lock: FileWait = {
  pid: 20,
  tid: 23,
  name: "go",
  state: "D",
  wchan: "rpc_wait_bit_killable",
  locks: true,
  path: "/home/me/go/pkg/mod/cache/lock",
  inode: 7,
  mount: nfs,
};
const owner = { waiter: 20, inode: 7, pid: 99 };
const facts = (waits: readonly FileWait[], owners: readonly unknown[] = []) => ({
  waits,
  owners,
  mounts,
  place: "/var/tmp/delve-doctor-1000",
});

describe("nfs-lock-hang", () => {
  it("names the file, its mount and the kernel function; its own fix takes the cache elsewhere", () => {
    const launch = launchOf({}, still);
    const found = judge(nfsLockHang, facts([lock]), launch);
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "go (pid 20) has waited 4.0 s for the lock of /home/me/go/pkg/mod/cache/lock on /home (nfs4), which does not answer.",
    );
    assert.deepEqual(found.evidence, [
      "pid 20 go, thread 23, state D, in rpc_wait_bit_killable: asks for the lock of /home/me/go/pkg/mod/cache/lock",
      "mountinfo: /home nfs4 rw,hard",
    ]);
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { GOMODCACHE: "/var/tmp/delve-doctor-1000/gomodcache" });
    assert.equal(judge(nfsLockHang, facts([]), launchOf(config, still)), undefined);
  });

  it("moves the build cache where that is what hangs, and leaves sources to a person", () => {
    const entry = `/home/me/.cache/go-build/ab/ab${"0".repeat(62)}-a`;
    const build = judge(nfsLockHang, facts([{ ...lock, locks: false, path: entry }]), launchOf({}, still));
    assert.deepEqual(build?.fixes[0]?.action, {
      kind: "launch.json",
      edits: [{ at: ["env", "GOCACHE"], value: "/var/tmp/delve-doctor-1000/gocache" }],
    });
    const source = judge(nfsLockHang, facts([{ ...lock, path: "/home/me/p/go.mod" }]), launchOf({}, still));
    assert.deepEqual(
      source?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["nfs-lock-hang/mount", true]],
    );
  });

  it("is likely at most where the kernel does not show the file, and finds a frozen local disk as well", () => {
    const { path: _, mount: __, ...blind } = { ...lock, locks: false };
    assert.equal(judge(nfsLockHang, facts([blind]), launchOf({}, still))?.certainty, "likely");
    const ext4 = { point: "/data", type: "ext4", options: ["rw"] };
    const frozen: FileWait = {
      ...lock,
      locks: false,
      wchan: "percpu_rwsem_wait",
      path: "/data/w/x",
      mount: ext4,
    };
    assert.equal(judge(nfsLockHang, facts([frozen]), launchOf({}, still))?.certainty, "likely");
    const long = { ...still, idleMs: 31_000 };
    assert.equal(judge(nfsLockHang, facts([frozen]), launchOf({}, long))?.certainty, "proven");
  });

  it("is likely at most where the server has said that the lock is another's", () => {
    const queued = { ...lock, wchan: "nlmclnt_block", state: "S" };
    const found = judge(nfsLockHang, facts([queued]), launchOf({}, still));
    assert.equal(found?.certainty, "likely");
    assert.match(found.evidence.join("\n"), /another machine may have the lock/);
  });

  it("takes no cache to a place that is somebody else's", () => {
    const found = judge(nfsLockHang, { ...facts([lock]), place: undefined }, launchOf({}, still));
    assert.deepEqual(
      found?.fixes.map(({ id }) => id),
      ["nfs-lock-hang/mount"],
    );
  });

  it("is proven by go's own errno on a file server, and by nothing on a local disk", () => {
    const told = (path: string) =>
      launchOf(
        {},
        {
          ...failed("Build error", "build"),
          buildError: `Build Error: go build\ngo: RLock ${path}: no locks available`,
        },
      );
    const found = judge(nfsLockHang, facts([]), told("/home/me/p/go.mod"));
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    assert.equal(judge(nfsLockHang, facts([]), told("/srv/p/go.mod")), undefined);
  });

  it("leaves a lock that somebody here has to go-lock-held, a local lock alone, and a launch that moves", () => {
    assert.equal(judge(nfsLockHang, facts([lock], [owner]), launchOf({}, still)), undefined);
    const local = { ...lock, state: "S", mount: { point: "/", type: "ext4", options: [] } };
    assert.equal(judge(nfsLockHang, facts([local]), launchOf({}, still)), undefined);
    assert.equal(judge(nfsLockHang, facts([lock]), launchOf({}, { ...still, idleMs: 300 })), undefined);
    assert.equal(judge(nfsLockHang, facts([lock]), launchOf({}, { ...still, current: "run" })), undefined);
  });
});
