import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type GoPlatform, goPlatform } from "../../probes/goPlatform.ts";
import { goosGoarchLeak } from "./goosGoarchLeak.ts";

const here: GoPlatform = {
  os: "linux",
  arch: "amd64",
  hostOs: "linux",
  hostArch: "amd64",
  osSetBy: "default",
  archSetBy: "default",
  inFile: [],
};
const refused = failed("Failed to launch /w: could not launch process: not an executable file", "build");
const otherCpu = failed("could not launch process: fork/exec /w/__debug_bin1: exec format error");

describe("goos-goarch-leak", () => {
  it("names both platforms and who set them; removing its own entry silences it", () => {
    const platform: GoPlatform = { ...here, os: "js", arch: "wasm", osSetBy: "launch", archSetBy: "launch" };
    const launch = launchOf({ env: { GOOS: "js", GOARCH: "wasm", A: "b" } }, refused);
    const found = judge(goosGoarchLeak, { platform }, launch);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /builds for js\/wasm, and this machine is linux\/amd64/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { A: "b" });
    assert.equal(judge(goosGoarchLeak, { platform: here }, launchOf(config)), undefined);
  });

  it("names the machine's own platform where another layer sets it: an empty value would let that through", () => {
    const platform: GoPlatform = { ...here, arch: "arm64", archSetBy: "file", inFile: ["GOARCH"] };
    const launch = launchOf({}, otherCpu);
    const found = judge(goosGoarchLeak, { platform }, launch);
    assert.ok(found);
    assert.deepEqual(fixedConfig(launch.config, { cause: "", title: "", ...found })["env"], {
      GOARCH: "amd64",
    });
    assert.deepEqual(found.fixes[1]?.action, {
      kind: "command",
      argv: ["go", "env", "-u", "GOARCH"],
      undo: ["go", "env", "-w", "GOARCH=arm64"],
    });
  });

  it("also looks where a package has no file for that platform", () => {
    const buildError = "Build Error: go build .\npackage a/b: build constraints exclude all Go files in /w/b";
    const platform: GoPlatform = { ...here, os: "js", osSetBy: "process" };
    const found = judge(
      goosGoarchLeak,
      { platform },
      launchOf({}, { ...failed("Failed to launch: Build error: …", "build"), buildError }),
    );
    assert.ok(found?.evidence.includes("package a/b: build constraints exclude all Go files in /w/b"));
  });

  it("is silent where go builds for this machine: a library, an empty file and a lost bit are worded alike", () => {
    assert.equal(judge(goosGoarchLeak, { platform: here }, launchOf({}, refused)), undefined);
    const i386 = { ...here, arch: "386" };
    assert.equal(judge(goosGoarchLeak, { platform: i386 }, launchOf({}, refused)), undefined);
    // go itself is for 386, on a kernel that may be amd64's.
    const small: GoPlatform = { ...here, hostArch: "386", arch: "amd64", archSetBy: "process" };
    assert.equal(judge(goosGoarchLeak, { platform: small }, launchOf({})), undefined);
    assert.ok(judge(goosGoarchLeak, { platform: small }, launchOf({}, otherCpu)));
  });

  it("does not look at a launch under way, and not where Delve builds nothing", () => {
    const platform: GoPlatform = { ...here, os: "js", osSetBy: "file" };
    assert.equal(judge(goosGoarchLeak, { platform }, launchOf({}, underWay)), undefined);
    assert.equal(judge(goosGoarchLeak, { platform }, launchOf({ mode: "exec" }, otherCpu)), undefined);
    assert.ok(judge(goosGoarchLeak, { platform }, launchOf({})));
  });

  it("is read from go's own words, the layer by who is asked first", () => {
    const text = "os js\narch wasm\nhostOs linux\nhostArch amd64\nenv GOOS\nfile GOARCH\n";
    assert.deepEqual(goPlatform.read(answer(text), launchOf({ env: { GOOS: "js" } })), {
      ...here,
      os: "js",
      arch: "wasm",
      osSetBy: "launch",
      archSetBy: "file",
      inFile: ["GOARCH"],
    });
    assert.throws(() => goPlatform.read(answer("", 127), launchOf({})), /there is no go/);
  });
});
