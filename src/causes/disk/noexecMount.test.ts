import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { OutputPlace } from "../../probes/outputPlace.ts";
import { noexecMount } from "./noexecMount.ts";

const noexec = { point: "/w", type: "tmpfs", options: ["rw", "noexec"] };
const denied: OutputPlace = { dir: "/w", tried: "denied", mount: noexec, elsewhere: "/home/u/.cache" };
const eacces = failed(
  "Failed to launch: could not launch process: fork/exec /w/__debug_bin: permission denied",
);

describe("noexec-mount", () => {
  it("is proven by the mount and a script that cannot run there; its own fix silences it", () => {
    const launch = launchOf({}, eacces);
    const found = judge(noexecMount, { place: denied }, launch);
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.equal(config["output"], "/home/u/.cache/__debug_bin_w");
    const place: OutputPlace = { dir: "/home/u/.cache", tried: "ran", mount: { ...noexec, options: ["rw"] } };
    assert.equal(judge(noexecMount, { place }, launchOf(config)), undefined);
  });

  it("is likely where nothing of ours could be written, and only after Delve's own failure", () => {
    const place: OutputPlace = { ...denied, tried: "unwritable" };
    assert.equal(judge(noexecMount, { place }, launchOf({}, eacces))?.certainty, "likely");
    assert.equal(judge(noexecMount, { place }, launchOf({})), undefined);
  });

  it("offers a remount with its undo where programs run nowhere else, and a copy in exec mode", () => {
    const { elsewhere: _, ...place } = denied;
    const found = judge(noexecMount, { place }, launchOf({}));
    assert.deepEqual(
      found?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["noexec-mount/remount", true]],
    );
    const exec = judge(noexecMount, { place: denied }, launchOf({ mode: "exec", program: "/w/app" }));
    assert.equal(exec?.fixes[0]?.id, "noexec-mount/copy");
    assert.equal(exec.fixes[0].preferred, true);
  });

  it("is clear for EACCES on a mount that allows programs: a lost execute bit, SELinux, AppArmor", () => {
    const place: OutputPlace = { ...denied, mount: { ...noexec, options: ["rw"] } };
    assert.equal(judge(noexecMount, { place }, launchOf({}, eacces)), undefined);
  });

  it("is clear where nothing was tried, because the mount lets programs run", () => {
    const place: OutputPlace = { ...denied, tried: "untried", mount: { ...noexec, options: ["rw"] } };
    assert.equal(judge(noexecMount, { place }, launchOf({}, eacces)), undefined);
  });

  it("is clear where a program ran, once the launch is under way, and in an attach", () => {
    assert.equal(judge(noexecMount, { place: { ...denied, tried: "ran" } }, launchOf({})), undefined);
    assert.equal(judge(noexecMount, { place: denied }, launchOf({}, underWay)), undefined);
    assert.equal(judge(noexecMount, { place: denied }, launchOf({ request: "attach" })), undefined);
  });
});
