import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { type CCompiler, cCompiler } from "../../probes/cCompiler.ts";
import { cgoNoCCompiler } from "./cgoNoCCompiler.ts";

const none: CCompiler = {
  cc: "gcc",
  cgo: true,
  cgoSet: true,
  users: ["runtime/cgo", "os/user"],
  dirs: ["/go/src/runtime/cgo", "/go/src/os/user"],
  withoutCgo: true,
  others: [],
};
const buildFailed = (text: string) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n${text} (exit status 1)`,
});
const missing = buildFailed(
  '# runtime/cgo\ncgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
);
const excluded = buildFailed("package example.com/a: build constraints exclude all Go files in /w");

describe("cgo-no-c-compiler", () => {
  it("names who needs it; without cgo it is silent", () => {
    const found = judge(cgoNoCCompiler, { compiler: none }, launchOf({}, missing));
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "runtime/cgo, os/user need a C compiler, and dlv's PATH has no gcc.");
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({ env: { A: "b" } }, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { A: "b", CGO_ENABLED: "0" });
    assert.equal(judge(cgoNoCCompiler, { compiler: { ...none, cgo: false } }, launchOf(config)), undefined);
  });

  it("takes another compiler, or sends for one, where the program itself uses C", () => {
    const compiler: CCompiler = { ...none, users: ["example.com/a"], withoutCgo: false };
    const found = judge(cgoNoCCompiler, { compiler }, launchOf({}, missing));
    assert.ok(found);
    assert.equal(preferredFix({ cause: "", title: "", ...found }).id, "cgo-no-c-compiler/install");
    const clang = { ...compiler, others: ["/usr/bin/clang"] };
    const other = judge(cgoNoCCompiler, { compiler: clang }, launchOf({}, missing));
    assert.ok(other);
    assert.deepEqual(fixedConfig({}, { cause: "", title: "", ...other })["env"], {
      CC: "/usr/bin/clang",
      CGO_ENABLED: "1",
    });
  });

  it("also sees that go turned cgo off by itself, and not where somebody else did", () => {
    const compiler = { ...none, cgo: false, cgoSet: false, withoutCgo: false, users: ["example.com/a"] };
    const found = judge(cgoNoCCompiler, { compiler }, launchOf({}, excluded));
    assert.match(found?.because ?? "", /so go left out every file with cgo/);
    const placed = buildFailed("main.go:4:2: build constraints exclude all Go files in /my mod/a@v1.0.0");
    const imported = { ...compiler, users: ["example.com/b"], dirs: ["/my mod/a@v1.0.0"] };
    assert.equal(judge(cgoNoCCompiler, { compiler: imported }, launchOf({}, placed))?.certainty, "proven");
    const turnedOff = { ...compiler, cgoSet: true };
    assert.equal(judge(cgoNoCCompiler, { compiler: turnedOff }, launchOf({}, excluded)), undefined);
  });

  it("leaves files that GOOS or tags exclude, and a compiler that is there, to others", () => {
    const noCgo = { ...none, cgo: false, cgoSet: false, users: [] };
    assert.equal(judge(cgoNoCCompiler, { compiler: noCgo }, launchOf({}, excluded)), undefined);
    // net has cgo files and is built without them; what was left out is for Windows.
    const net = { ...noCgo, users: ["runtime/cgo", "net"] };
    const windows = buildFailed(
      "package example.com/a\n\timports example.com/a/win: build constraints exclude all Go files in /w/win",
    );
    assert.equal(judge(cgoNoCCompiler, { compiler: net }, launchOf({}, windows)), undefined);
    const there = { ...none, found: "/usr/bin/gcc" };
    assert.equal(judge(cgoNoCCompiler, { compiler: there }, launchOf({}, missing)), undefined);
    assert.equal(judge(cgoNoCCompiler, { compiler: none }, launchOf({}, underWay)), undefined);
    assert.equal(judge(cgoNoCCompiler, { compiler: none }, launchOf({})), undefined);
  });

  it("is read line by line", () => {
    const text =
      "cc gcc\nfound \ncgo 1\ncgo-set\nother /usr/bin/clang\nother /usr/bin/clang\nuser os/user /my go/src/os/user\nwithout\n";
    assert.deepEqual(cCompiler.read(answer(text), launchOf({})), {
      ...none,
      users: ["os/user"],
      dirs: ["/my go/src/os/user"],
      others: ["/usr/bin/clang"],
    });
    assert.equal(cCompiler.read(answer("cc gcc\nfound /usr/bin/gcc\n"), launchOf({})).found, "/usr/bin/gcc");
  });
});
