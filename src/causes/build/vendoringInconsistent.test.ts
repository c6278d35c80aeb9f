import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { Vendoring } from "../../probes/vendoring.ts";
import { vendoringInconsistent } from "./vendoringInconsistent.ts";

const words = "go: inconsistent vendoring in /w:";
const stale: Vendoring = {
  refusal: [
    words,
    "x.org/y@v1.0.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt",
  ],
  root: "/w",
  work: false,
  goflags: "",
  from: "",
  cached: true,
};
const lacking =
  "main.go:3:8: cannot find module providing package x.org/y: import lookup disabled by -mod=vendor";
const launch = (config: Config = {}, text = words) =>
  launchOf(config, { ...failed("Build error", "build"), buildError: `Build Error: go build\n${text}` });

describe("vendoring-inconsistent", () => {
  it("is proven by go's own refusal where dlv builds, and its own fix silences it", () => {
    const one = launch({ buildFlags: "-tags=x -mod=vendor" });
    const found = judge(vendoringInconsistent, { vendor: stale }, one);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /\/w\/vendor\/modules\.txt does not say what go\.mod/);
    assert.match(found.evidence.at(-1) ?? "", /-mod=vendor is in this configuration's buildFlags/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig(one.config, { cause: "", title: "", ...found });
    assert.equal(config["buildFlags"], "-tags=x -mod=readonly");
    assert.equal(
      judge(vendoringInconsistent, { vendor: { ...stale, refusal: [] } }, launch(config)),
      undefined,
    );
  });

  it("vendors again where the module cache lacks something, in a workspace with go work", () => {
    const found = judge(vendoringInconsistent, { vendor: { ...stale, work: true, cached: false } }, launch());
    const fix = found?.fixes.find(({ preferred }) => preferred);
    assert.deepEqual(fix?.action, { kind: "command", argv: ["go", "work", "vendor"], cwd: "/w" });
  });

  it("says who asks for a vendor directory that lacks a package", () => {
    const vendor: Vendoring = { ...stale, refusal: [lacking], goflags: "-mod=vendor", from: "file" };
    const found = judge(vendoringInconsistent, { vendor }, launch({}, lacking));
    assert.match(found?.because ?? "", /vendor alone/);
    assert.match(found?.evidence.at(-1) ?? "", /-mod=vendor is in GOFLAGS, from what `go env -w` wrote/);
  });

  it("is clear where go has nothing against it here, and where the build said something else", () => {
    assert.equal(judge(vendoringInconsistent, { vendor: { ...stale, refusal: [] } }, launch()), undefined);
    assert.equal(judge(vendoringInconsistent, { vendor: stale }, launch({}, "main.go:1:1: oops")), undefined);
    assert.equal(judge(vendoringInconsistent, { vendor: stale }, launchOf({})), undefined);
  });
});
