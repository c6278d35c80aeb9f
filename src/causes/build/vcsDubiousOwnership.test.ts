import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { GitRepository } from "../../probes/gitRepository.ts";
import { vcsDubiousOwnership } from "./vcsDubiousOwnership.ts";

const refused: GitRepository = {
  state: "refused",
  said: "fatal: detected dubious ownership in repository at '/w'",
  root: "/w",
  owner: "1000",
  user: "0",
};
const failed: Timeline = {
  ...noTimeline,
  totalMs: 300,
  outcome: "failed",
  phases: [{ name: "build", startMs: 90, ms: 210, parts: [] }],
  buildError:
    "Build Error: go build -o x .\nerror obtaining VCS status: exit status 128\n\tUse -buildvcs=false to disable VCS stamping. (exit status 1)",
};
const config = { program: ".", __buildDir: "/w" };
const launchOf = (own: Readonly<Record<string, unknown>>, timeline = failed): Launch => ({
  ...planned(own, "/w"),
  timeline,
});

function judge(launch: Launch, git: GitRepository = refused) {
  if (vcsDubiousOwnership.when?.(launch) === false) return undefined;
  return vcsDubiousOwnership.find({ git }, launch);
}

describe("vcs-dubious-ownership", () => {
  it("repeats git's own words, which go hides", () => {
    const found = judge(launchOf(config));
    assert.equal(found?.certainty, "proven");
    assert.equal(found?.because, "git refuses /w: it belongs to user 1000, and dlv runs as user 0.");
    assert.match(found?.evidence[0] ?? "", /detected dubious ownership/);
    assert.deepEqual(found?.explains, { phase: "build", ms: 210 });
  });

  const forms: readonly (readonly [unknown, unknown])[] = [
    [undefined, "-buildvcs=false"],
    ["", "-buildvcs=false"],
    ["-tags=a -race", "-tags=a -race -buildvcs=false"],
    ["-buildvcs=true -tags=a", "-tags=a -buildvcs=false"],
    ["-ldflags '-X main.v=1 -s'", "-ldflags '-X main.v=1 -s' -buildvcs=false"],
    [
      ["-tags=a", "-buildvcs"],
      ["-tags=a", "-buildvcs=false"],
    ],
  ];
  for (const [before, after] of forms)
    it(`merges its fix into buildFlags ${JSON.stringify(before)}, and the fix silences it`, () => {
      const own = before === undefined ? config : { ...config, buildFlags: before };
      const found = judge(launchOf(own));
      assert.ok(found !== undefined);
      const fixed = fixedConfig(own, { ...found, cause: vcsDubiousOwnership.id, title: "" });
      assert.deepEqual(fixed["buildFlags"], after);
      // Without the stamp go does not ask git, so its error is not there.
      const { buildError: _, ...built } = failed;
      assert.equal(judge(launchOf(fixed, built)), undefined);
    });

  it("undoes what its command adds", () => {
    const trust = judge(launchOf(config))?.fixes.find(({ id }) => id.endsWith("/trust"))?.action;
    assert.ok(trust?.kind === "command");
    assert.deepEqual(trust.argv.slice(-3), ["--add", "safe.directory", "/w"]);
    assert.deepEqual(trust.undo?.slice(-3), ["--unset-all", "safe.directory", "/w"]);
  });

  it("is silent on the other reasons for exit status 128", () => {
    for (const state of ["accepted", "broken", "none", "absent"] as const)
      assert.equal(judge(launchOf(config), { state, said: "" }), undefined);
  });

  it("is silent where the build did not fail of it", () => {
    assert.equal(judge(launchOf(config, noTimeline)), undefined);
    assert.equal(judge(launchOf({ ...config, mode: "exec" })), undefined);
  });
});
