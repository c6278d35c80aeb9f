import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Launch } from "../../core/launch.ts";
import type { DiskSpace, Space, Writes } from "../../probes/space.ts";
import { diskFull } from "./diskFull.ts";

const gib = 1024 ** 3;
const other = { dir: "/big", mount: "/big", freeBytes: 50 * gib, freeFiles: 9_000_000 };

function place(of: Writes, dir: string, mount: string, freeBytes: number, freeFiles?: number): Space {
  return { of, dir, mount, freeBytes, ...(freeFiles !== undefined && { freeFiles }) };
}

/** The disks of a machine on which /tmp is what it is told to be; GOTMPDIR decides where go works. */
function disks(launch: Launch, work: Partial<Space>): DiskSpace {
  const tmp = { ...place("work", "/tmp", "/tmp", 20 * gib, 900), ...work };
  const moved = launch.env["GOTMPDIR"];
  const cache = place("cache", "/root/.cache/go-build", "/", 20 * gib, 5_000_000);
  const output = place("output", "/w", "/", 20 * gib, 5_000_000);
  return {
    places: [moved === undefined ? tmp : { ...other, of: "work", dir: moved }, cache, output],
    others: [other],
  };
}

const enospc = "Build Error: go build\nwrite /tmp/go-build1/b001/_pkg_.a: no space left on device";

describe("disk-full", () => {
  it("is proven by a full directory and go's ENOSPC, and its own fix silences it", () => {
    const launch = launchOf({}, { ...failed("Build error", "build"), buildError: enospc });
    const found = judge(diskFull, { space: disks(launch, { freeBytes: 0 }) }, launch);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /work directory \/tmp .* 0 bytes free/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });

    const config = fixedConfig(launch.config, { cause: "disk-full", title: "", ...found });
    assert.deepEqual(config["env"], { GOTMPDIR: "/big" });
    const again = launchOf(config);
    assert.equal(judge(diskFull, { space: disks(again, { freeBytes: 0 }) }, again), undefined);
  });

  it("is proven where go has removed again what had filled a small disk", () => {
    const launch = launchOf({}, { ...failed("Build error", "build"), buildError: enospc });
    const found = judge(diskFull, { space: disks(launch, { freeBytes: 8 * 1024 ** 2 }) }, launch);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /8 MiB free/);
  });

  it("is proven by an empty inode table where go blames a package", () => {
    const buildError =
      "Build Error: go build\nmain.go:3:8: package fmt is not in std (/usr/local/go/src/fmt)";
    const launch = launchOf({}, { ...failed("Build error", "build"), buildError });
    const found = judge(diskFull, { space: disks(launch, { freeFiles: 0 }) }, launch);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /no inode free/);
  });

  it("is likely before a launch, and says nothing of what it explains", () => {
    const launch = launchOf({});
    const found = judge(diskFull, { space: disks(launch, { freeBytes: 0 }) }, launch);
    assert.equal(found?.certainty, "likely");
    assert.equal(found.explains, undefined);
  });

  it("accounts for a slow build where only the cache is full, and not for a full work directory", () => {
    const launch = launchOf({}, underWay);
    const cache = [place("cache", "/c", "/c", 0, 10)];
    const found = judge(diskFull, { space: { places: cache, others: [other] } }, launch);
    assert.deepEqual(found?.explains, { phase: "build", ms: 900 });
    assert.equal(judge(diskFull, { space: disks(launch, { freeBytes: 0 }) }, launch), undefined);
  });

  it("offers what a person can do where no other disk has room", () => {
    const launch = launchOf({});
    const space = { ...disks(launch, { freeBytes: 0 }), others: [{ ...other, mount: "/tmp" }] };
    const found = judge(diskFull, { space }, launch);
    assert.deepEqual(
      found?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["disk-full/free-space", true]],
    );
  });

  it("is clear with room left, for a package that is really missing, and where nothing is built", () => {
    const launch = launchOf({}, { ...failed("x", "build"), buildError: "package fmtt is not in std" });
    assert.equal(judge(diskFull, { space: disks(launch, {}) }, launch), undefined);
    const exec = launchOf({ mode: "exec" });
    assert.equal(judge(diskFull, { space: disks(exec, { freeBytes: 0 }) }, exec), undefined);
  });

  it("is clear where the program met ENOSPC, and where the cache is merely small once it runs", () => {
    const said = "write /data/x: no space left on device\n";
    const small = { space: { places: [place("cache", "/c", "/c", 8 * 1024 ** 2)], others: [other] } };
    assert.equal(judge(diskFull, small, launchOf({}, { ...failed("x", "build"), printed: said })), undefined);
    assert.equal(judge(diskFull, small, launchOf({}, { ...underWay, said })), undefined);
    const tight = { space: { ...small.space, places: [place("cache", "/c", "/c", 0)] } };
    const full = judge(diskFull, tight, launchOf({}, { ...underWay, printed: said }));
    assert.equal(full?.certainty, "likely");
    assert.ok(full.evidence.every((line) => !line.includes("/data/x")));
  });

  it("is clear on a filesystem that counts no inodes", () => {
    const launch = launchOf({});
    const { places } = disks(launch, {});
    const btrfs = places.map(({ freeFiles: _, ...one }) => one);
    assert.equal(judge(diskFull, { space: { places: btrfs, others: [] } }, launch), undefined);
  });

  it("takes a build cache to a directory of all users only below one that is the user's own", () => {
    const buildError = "Build Error: go build\nopen /c/00/x: no space left on device";
    const launch = launchOf({}, { ...failed("Build error", "build"), buildError });
    const shared = { ...other, dir: "/var/tmp" };
    const space = { places: [place("cache", "/c", "/c", 0)], others: [shared] };
    const preferred = (own?: string) =>
      judge(diskFull, { space, own }, launch)?.fixes.find((fix) => fix.preferred);
    const action = preferred("/var/tmp/delve-doctor-7")?.action;
    assert.ok(action?.kind === "launch.json");
    assert.equal(action.edits[0]?.value, "/var/tmp/delve-doctor-7/go-build-debug");
    assert.equal(preferred()?.id, "disk-full/clean-cache");
  });
});
