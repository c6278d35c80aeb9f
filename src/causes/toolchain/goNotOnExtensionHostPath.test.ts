import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { GoOnPath } from "../../probes/goOnPath.ts";
import { goNotOnExtensionHostPath } from "./goNotOnExtensionHostPath.ts";

const lost: GoOnPath = {
  path: "/usr/bin:/bin",
  inShell: "/usr/local/go/bin/go",
  elsewhere: ["/usr/local/go/bin/go"],
};
const failed: Timeline = {
  ...noTimeline,
  totalMs: 200,
  outcome: "failed",
  phases: [{ name: "build", startMs: 100, ms: 5, parts: [] }],
  buildError: 'Build Error: go build -o x .\n (exec: "go": executable file not found in $PATH)',
};
const config = { program: ".", __buildDir: "/w" };

function judge(path: GoOnPath, own: Readonly<Record<string, unknown>> = config, timeline = failed) {
  const launch: Launch = { ...planned(own, "/w"), timeline };
  if (goNotOnExtensionHostPath.when?.(launch) === false) return undefined;
  return goNotOnExtensionHostPath.find({ path }, launch);
}

function fixed(path: GoOnPath, own: Readonly<Record<string, unknown>>) {
  const found = judge(path, own);
  assert.ok(found !== undefined);
  return fixedConfig(own, { ...found, cause: goNotOnExtensionHostPath.id, title: "" });
}

describe("go-not-on-extension-host-path", () => {
  it("proves it by dlv's own PATH and the shell's answer", () => {
    const found = judge(lost);
    assert.equal(found?.certainty, "proven");
    assert.match(found?.because ?? "", /though your shell finds \/usr\/local\/go\/bin\/go/);
    assert.ok(found?.evidence.includes("PATH of dlv: /usr/bin:/bin"));
    assert.deepEqual(found?.explains, { phase: "build", ms: 5 });
  });

  it("adds to the inherited PATH, and that silences it", () => {
    const after = fixed(lost, config);
    assert.deepEqual(after["env"], { PATH: "/usr/local/go/bin:${env:PATH}" });
    assert.equal(judge({ path: "", go: "/usr/local/go/bin/go", elsewhere: [] }, after), undefined);
  });

  it("keeps the directories of a PATH that the configuration sets", () => {
    const own = { ...config, env: { PATH: "/opt/x" } };
    assert.deepEqual(fixed({ ...lost, path: "/opt/x" }, own)["env"], { PATH: "/usr/local/go/bin:/opt/x" });
  });

  it("takes a usual place where the shell knows none, and asks for an installation where nothing is", () => {
    const found = judge({ path: "/bin", elsewhere: ["/usr/lib/go-1.26/bin/go"] });
    assert.equal(found?.fixes[0]?.id, "go-not-on-extension-host-path/set-path");
    const [fix, ...others] = judge({ path: "/bin", elsewhere: [] })?.fixes ?? [];
    assert.equal(fix?.id, "go-not-on-extension-host-path/install-go");
    assert.equal(fix?.preferred, true);
    assert.deepEqual(others, []);
  });

  it("is silent where PATH has go, whatever the shell says; without a launch too", () => {
    assert.equal(judge({ path: "/bin", go: "/bin/go", elsewhere: [] }), undefined);
    assert.equal(judge({ path: "/bin", go: "/bin/go", elsewhere: [] }, config, noTimeline), undefined);
    assert.equal(judge(lost, config, noTimeline)?.explains, undefined);
  });

  it("is silent on a launch that found its go, or builds nothing", () => {
    const { buildError: _, ...fine } = failed;
    assert.equal(judge(lost, config, fine), undefined);
    assert.equal(judge(lost, { ...config, mode: "exec" }), undefined);
  });
});
