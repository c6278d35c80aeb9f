import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../../test/lab/judge.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, type LabFolder, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";
import type { Launch } from "../../core/launch.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { askOne } from "../../examine/ask.ts";
import { localHost } from "../../hosts/local.ts";
import { buildInputs } from "../../probes/buildInputs.ts";
import { lastBuild } from "../lastBuild.ts";
import { buildInputsChanged } from "./buildInputsChanged.ts";

/** Nothing but the runtime is below it: that is enough to compile. */
const files = {
  "go.mod": "module example.com/printed\n\ngo 1.25\n",
  "main.go": 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n',
};

describe("a build of which something else has changed than its sources", function () {
  this.timeout(1_200_000);
  let lab: LabFolder;
  /** A launch that compiled the runtime, with what was remembered of the launch before it. */
  let cold: Launch;
  let asked = 0;

  before(() => {
    lab = makeFolder(files);
  });
  after(() => lab.remove());

  // One package at a time, so that a machine with many processors notices it too.
  const own = (more: Readonly<Record<string, string>> = {}) =>
    labEnv({ GOCACHE: join(lab.folder, "cache"), GOFLAGS: "-p=1", ...more });
  const remember = (launch: Launch) =>
    lastBuild(launch, Date.now(), (one) => {
      asked += 1;
      return askOne(localHost, launch, one);
    });
  const launch = (env: Readonly<Record<string, string>>, before?: Launch["before"]) =>
    labLaunch({
      config: debugConfig(lab.folder, env),
      folder: lab.folder,
      breakpoints: [{ file: join(lab.folder, "main.go"), line: 4 }],
      limitMs: 500_000,
      ...(before && { before }),
    });

  it("names the one variable that every package depends on, and the launch after it is warm", async () => {
    // What was compiled before does not matter here: the level of the processor is part of every key.
    const first = {
      ...planned(debugConfig(lab.folder, await own({ GOAMD64: "v1" })), lab.folder),
      timeline: noTimeline,
    };
    const before = await remember(first);
    assert.equal(before?.inputs["GOAMD64"], "v1");
    const env = await own({ GOAMD64: "v2" });
    const result = await launch(env, before);
    assert.equal(result.ended, "stopped", result.launch.timeline.buildError);
    cold = result.launch;
    const finding = named(result, "build-inputs-changed", "proven");
    assert.match(finding.because, /because GOAMD64 is v2, and was v1 at the last launch/);
    assert.ok((finding.explains?.ms ?? 0) > 2000);

    asked = 0;
    const after = await remember(cold);
    assert.equal(asked, 1, "a launch that compiled is asked about");
    assert.equal(after?.inputs["GOAMD64"], "v2");
    const warm = await launch(env, after);
    cured(finding, warm);
    const again = await remember(warm.launch);
    assert.equal(asked, 1, "a warm launch costs nothing");
    assert.deepEqual(again?.inputs, after?.inputs);
  });

  /** What the cause says of the same build, had it been made with this environment, flags and folder. */
  async function changed(
    make: (base: string) => void | Promise<void>,
    more: Readonly<Record<string, string>> = {},
    attributes: Readonly<Record<string, unknown>> = {},
  ) {
    const base = await own();
    const at = (env: Readonly<Record<string, string>>, folder: string, config = {}): Launch => ({
      ...planned({ ...debugConfig(folder, env), ...config }, folder),
      timeline: cold.timeline,
    });
    const before = await remember(at(base, lab.folder));
    assert.ok(before);
    await make(base["GOCACHE"] ?? "");
    const now = at(await own(more), String(attributes["program"] ?? lab.folder), attributes);
    const facts = await askOne(localHost, now, buildInputs);
    assert.ok(facts);
    const packages = { stale: 0, cache: "" };
    return judge(buildInputsChanged, { now: facts, packages }, { ...now, before });
  }

  it("names a cache that was emptied, and one that lies elsewhere", async () => {
    const tool = await go();
    const emptied = await changed((GOCACHE) => {
      execFileSync(tool, ["clean", "-cache"], { env: { ...process.env, GOCACHE } });
      // The next build makes its directories anew.
      execFileSync(tool, ["list", "-export", "unsafe"], { env: { ...process.env, GOCACHE } });
    });
    assert.equal(emptied?.certainty, "proven");
    assert.match(emptied.because, /build cache .*\/cache was emptied/);
    const moved = await changed(() => {}, { GOCACHE: join(lab.folder, "other") });
    assert.equal(moved?.certainty, "proven");
    assert.match(moved.because, /GOCACHE is .*\/other, and was .*\/cache/);
  });

  it("names flags of GOFLAGS and of the configuration, and shows no value of a variable", async () => {
    const trimmed = await changed(() => {}, { GOFLAGS: "-p=1 -trimpath" });
    assert.equal(trimmed?.certainty, "proven");
    assert.match(trimmed.because, /-trimpath is on, and was not set/);
    const raced = await changed(() => {}, {}, { buildFlags: "-race -ldflags='-X main.key=hunter2'" });
    assert.equal(raced?.certainty, "proven");
    assert.match(raced.because, /-race is on/);
    const secret = await changed(() => {}, { CGO_CFLAGS: "-DKEY=hunter2" }, { buildFlags: "-tags=x" });
    assert.equal(secret?.certainty, "likely", "neither makes go compile the runtime");
    assert.doesNotMatch(JSON.stringify([raced, secret]), /hunter2/);
  });

  it("does not hold a folder that moved to account for the runtime, and finds nothing else", async () => {
    const other = makeFolder({});
    try {
      for (const name of Object.keys(files)) cpSync(join(lab.folder, name), join(other.folder, name));
      const program = { program: other.folder, __buildDir: other.folder };
      const one = await changed(() => {}, {}, program);
      assert.equal(one?.certainty, "likely");
      assert.match(one.because, /its cache no longer had them/);
    } finally {
      other.remove();
    }
  });
});
