import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { BuildInputs } from "../../core/buildInputs.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { BuildFacts } from "../../probes/buildInputs.ts";
import { buildInputsChanged } from "./buildInputsChanged.ts";
import { firstDebugBuildSlow } from "./firstDebugBuildSlow.ts";

const day = 24 * 3_600_000;
const at = 1_700_000_000_000;
const inputs: BuildInputs = {
  GOVERSION: "go1.26.8",
  GOCACHE: "/c",
  GOAMD64: "v1",
  CGO_CFLAGS: "#00000001",
  "-tags": "a",
  "the build cache": "1700000000 12",
  "the module's directory": "/w",
};
const packages = { stale: 0, cache: "/c" };
const whole = ["runtime", "fmt", "main"];
const own = ["example.com/app/a", "example.com/app/b", "example.org/x", "net/http", "main"];

const built = (compiled: readonly string[], more: Partial<Timeline> = {}): Partial<Timeline> => ({
  totalMs: 11_000,
  outcome: "stopped",
  compiled,
  phases: [
    { name: "build", startMs: 0, ms: 10_500, parts: [{ name: "compile", ms: 10_000, count: 61 }] },
    { name: "run", startMs: 10_500, ms: 500, parts: [] },
  ],
  ...more,
});

interface Case {
  readonly now?: BuildInputs;
  readonly compiled?: readonly string[];
  readonly timeline?: Partial<Timeline>;
  readonly facts?: Partial<BuildFacts>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly stale?: number;
}

function found({ now = {}, compiled = whole, timeline, facts, config, stale = 0 }: Case) {
  const launch = launchOf({ ...config }, timeline ?? built(compiled));
  const given = { inputs: { ...inputs, ...now }, module: "example.com/app", trimmedAt: at, ...facts };
  const before = { at, inputs };
  return judge(buildInputsChanged, { now: given, packages: { ...packages, stale } }, { ...launch, before });
}

describe("build-inputs-changed", () => {
  const proofs: readonly (readonly [BuildInputs, RegExp])[] = [
    [
      { GOAMD64: "v2" },
      /^go compiled 61 packages anew, because GOAMD64 is v2, and was v1 at the last launch\.$/,
    ],
    [{ GOVERSION: "go1.27" }, /because GOVERSION is go1\.27, and was go1\.26\.8/],
    [{ "-trimpath": "on" }, /because -trimpath is on, and was not set/],
    [{ "-gcflags": "all=#00000002" }, /because -gcflags is not what it was/],
    [{ "the build cache": "1700000999 14" }, /because its build cache \/c was emptied/],
    [{ GOCACHE: "/d", "the build cache": "1700000999 14" }, /because GOCACHE is \/d, and was \/c/],
    [{ GOAMD64: "v2", "go.mod": "#00000009" }, /because GOAMD64 is v2/],
  ];
  for (const [now, because] of proofs)
    it(`proves ${JSON.stringify(now)} where the standard library was compiled`, () => {
      const one = found({ now });
      assert.equal(one?.certainty, "proven");
      assert.match(one.because, because);
      assert.deepEqual(one.explains, { phase: "build", ms: 10_000 });
      assert.match(one.evidence.join("\n"), /runtime among them/);
      assert.equal(one.fixes.filter(({ preferred }) => preferred).length, 1);
    });

  it("is not sure which of two it was", () => {
    const one = found({ now: { GOAMD64: "v2", GOVERSION: "go1.27" } });
    assert.equal(one?.certainty, "likely");
    assert.match(one.because, /one or more of these changed: GOAMD64 is v2.*; GOVERSION is go1\.27/);
  });

  it("is not sure where the standard library was not seen at work", () => {
    const one = found({ now: { GOAMD64: "v2" }, compiled: own });
    assert.equal(one?.certainty, "likely");
    assert.match(
      one.evidence.join("\n"),
      /3 of your own packages, 1 of the standard library, 1 of other modules/,
    );
  });

  it("does not hold tags, cgo's flags or a moved module to account for the runtime", () => {
    const now = { "-tags": "b", CGO_CFLAGS: "#00000002", "the module's directory": "/v" };
    const one = found({ now });
    assert.equal(one?.certainty, "likely");
    assert.match(one.because, /^go compiled 61 packages anew: its cache no longer had them/);
    assert.match(found({ now, compiled: own })?.because ?? "", /-tags is b.*; CGO_CFLAGS is not what/);
  });

  it("says that sources have changed where nothing else has", () => {
    const one = found({ compiled: own });
    assert.equal(one?.certainty, "likely");
    assert.match(one.because, /^go compiled 61 packages anew: their sources/);
  });

  it("knows that go drops what was not used for five days", () => {
    const trimmedAt = at + 6 * day;
    const one = found({ facts: { trimmedAt } });
    assert.equal(one?.certainty, "likely");
    assert.match(one.because, /because go has dropped from its cache/);
    assert.equal(found({ now: { GOAMD64: "v2" }, facts: { trimmedAt } })?.certainty, "likely");
    assert.doesNotMatch(found({ facts: { trimmedAt: at + 4 * day } })?.because ?? "", /dropped/);
  });

  it("tells it while the build goes on", () => {
    const { outcome: _, ...going } = built(["runtime"], { current: "build" });
    assert.match(
      found({ now: { GOAMD64: "v2" }, timeline: going, stale: 40 })?.because ?? "",
      /^go is compiling/,
    );
  });

  it("never claims the same time as a first debug build", () => {
    const launch = launchOf({}, built(whole));
    assert.ok(judge(firstDebugBuildSlow, { packages }, launch));
    assert.equal(judge(firstDebugBuildSlow, { packages }, { ...launch, before: { at, inputs } }), undefined);
    assert.equal(
      judge(buildInputsChanged, { now: { inputs, module: "", trimmedAt: 0 }, packages }, launch),
      undefined,
    );
  });

  const silentOn: Readonly<Record<string, Case>> = {
    "a warm launch": { timeline: built(["main"], { phases: [] }) },
    "a cache that keeps nothing": { now: { GOAMD64: "v2" }, stale: 60 },
    "-a": { now: { GOAMD64: "v2" }, config: { buildFlags: "-a" } },
    "a build that failed": { timeline: built(whole, { outcome: "failed" }) },
    "a launch without a build": { config: { mode: "exec" } },
  };
  for (const [what, one] of Object.entries(silentOn))
    it(`is silent on ${what}`, () => assert.equal(found(one), undefined));
});
