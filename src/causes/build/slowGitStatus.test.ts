import assert from "node:assert/strict";
import { answer, failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Part } from "../../core/phases.ts";
import type { Timeline } from "../../core/timeline.ts";
import { gitStatus } from "../../probes/gitStatus.ts";
import { slowGitStatus } from "./slowGitStatus.ts";

const status = { root: "/w", fsmonitor: "/w/hook", files: 90_000, untrackedCache: false };
const built = (name: Part["name"], ms: number): Partial<Timeline> => ({
  outcome: "stopped",
  phases: [{ name: "build", startMs: 0, ms: ms + 300, parts: [{ name, ms, count: 1 }] }],
});

describe("slow-git-status", () => {
  it("says how long git was the leading work, and its own fix silences it", () => {
    const launch = launchOf({ buildFlags: ["-tags=x"] }, built("vcs", 5200));
    const found = judge(slowGitStatus, { status }, launch);
    assert.equal(found?.because, "git took 5.2 s of the build to look at /w, for the version stamp.");
    assert.deepEqual(found.explains, { phase: "build", ms: 5200 });
    assert.match(found.evidence.join("\n"), /90000 files in git's index, core\.fsmonitor is \/w\/hook/);
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.deepEqual(config["buildFlags"], ["-tags=x", "-buildvcs=false"]);
    assert.equal(judge(slowGitStatus, { status }, launchOf(config, built("compile", 5200))), undefined);
  });

  it("names the git that is still at it", () => {
    const git = {
      pid: 7,
      ppid: 6,
      name: "git",
      argv: ["git", "status", "--porcelain"],
      state: "S",
      cpuMs: 1,
    };
    const { outcome: _, ...going } = built("vcs", 9000);
    const found = judge(
      slowGitStatus,
      { status },
      launchOf({}, { ...going, current: "build", last: { processes: [git] } }),
    );
    assert.match(found?.because ?? "", /has taken 9\.0 s/);
    assert.ok(found?.evidence.includes("pid 7: git status --porcelain"));
  });

  it("leaves a quick git, a download by git, a failed build and a folder without a repository alone", () => {
    assert.equal(judge(slowGitStatus, { status }, launchOf({}, built("vcs", 800))), undefined);
    assert.equal(judge(slowGitStatus, { status }, launchOf({}, built("download", 9000))), undefined);
    const failure = {
      ...built("vcs", 9000),
      ...failed("x", "build"),
      phases: built("vcs", 9000).phases ?? [],
    };
    assert.equal(judge(slowGitStatus, { status }, launchOf({}, failure)), undefined);
    assert.equal(judge(slowGitStatus, { status }, launchOf({ mode: "test" }, built("vcs", 9000))), undefined);
    assert.equal(judge(slowGitStatus, { status: undefined }, launchOf({}, built("vcs", 9000))), undefined);
  });

  it("reads a repository's settings, and nothing where there is none", () => {
    const text = "root /my repo\nfsmonitor \nuntracked true\nfiles 12\n";
    assert.deepEqual(gitStatus.read(answer(text), launchOf({})), {
      root: "/my repo",
      fsmonitor: "",
      files: 12,
      untrackedCache: true,
    });
    assert.equal(gitStatus.read(answer(""), launchOf({})), undefined);
  });
});
