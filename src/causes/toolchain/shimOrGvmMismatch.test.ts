import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { type GoInstallation, goInstallation } from "../../probes/goInstallation.ts";
import { shimOrGvmMismatch } from "./shimOrGvmMismatch.ts";

const healthy: GoInstallation = {
  path: "/usr/local/go/bin/go",
  shim: false,
  code: 0,
  said: "go version go1.26.8 linux/amd64",
  version: "go1.26.8",
  root: "",
  rootVersion: "",
  rootSetBy: "default",
  others: [],
};
const differs = {
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError:
    'Build Error: go build .\n# internal/cpu\ncompile: version "go1.24.13" does not match go tool version "go1.26.8" (exit status 1)',
};
const other: GoInstallation = {
  ...healthy,
  root: "/home/u/.gvm/gos/go1.24.13",
  rootVersion: "go1.24.13",
  rootSetBy: "process",
};

describe("shim-or-gvm-mismatch", () => {
  it("compares GOROOT with the command; without it the cause is silent", () => {
    const found = judge(shimOrGvmMismatch, { go: other }, launchOf({}, differs));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /GOROOT is \/home\/u\/\.gvm\/gos\/go1\.24\.13, which is go1\.24\.13/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { GOROOT: "" });
    assert.equal(judge(shimOrGvmMismatch, { go: healthy }, launchOf(config, differs)), undefined);
  });

  it("takes experiments that go was built with for no other version", () => {
    const go = { ...other, version: "go1.24.13-X:boringcrypto" };
    assert.equal(judge(shimOrGvmMismatch, { go }, launchOf({}, differs)), undefined);
  });

  it("removes the configuration's own, and undoes what go env -w wrote", () => {
    const own = launchOf({ env: { GOROOT: other.root, A: "b" } }, differs);
    const mine = judge(shimOrGvmMismatch, { go: { ...other, rootSetBy: "launch" } }, own);
    assert.ok(mine);
    assert.deepEqual(fixedConfig(own.config, { cause: "", title: "", ...mine })["env"], { A: "b" });
    const stored = judge(shimOrGvmMismatch, { go: { ...other, rootSetBy: "file" } }, launchOf({}, differs));
    assert.ok(stored);
    const { action } = preferredFix({ cause: "", title: "", ...stored });
    assert.ok(action.kind === "command" && action.undo?.includes(`GOROOT=${other.root}`));
  });

  it("names a shim that has no version, and puts a real go before it", () => {
    const go: GoInstallation = {
      ...healthy,
      path: "/home/u/.asdf/shims/go",
      shim: true,
      code: 126,
      said: "No version is set for command go",
      version: "",
      others: ["/usr/local/go/bin/go"],
    };
    const found = judge(shimOrGvmMismatch, { go }, launchOf({}));
    assert.match(found?.because ?? "", /is a shim, and under dlv it ends with: No version is set/);
    assert.ok(found);
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { PATH: "/usr/local/go/bin:${env:PATH}" });
    const none = judge(shimOrGvmMismatch, { go: { ...go, others: [] } }, launchOf({}));
    assert.ok(none);
    assert.equal(preferredFix({ cause: "", title: "", ...none }).action.kind, "advice");
  });

  it("is silent for a shim that works, a GOROOT of the same version, another failure and under way", () => {
    assert.equal(judge(shimOrGvmMismatch, { go: { ...healthy, shim: true } }, launchOf({})), undefined);
    const same = { ...other, rootVersion: "go1.26.8" };
    assert.equal(judge(shimOrGvmMismatch, { go: same }, launchOf({})), undefined);
    assert.equal(
      judge(shimOrGvmMismatch, { go: { ...other, rootVersion: "unknown" } }, launchOf({})),
      undefined,
    );
    assert.equal(judge(shimOrGvmMismatch, { go: { ...other, version: "devel" } }, launchOf({})), undefined);
    const plain = { ...differs, buildError: "./main.go:5:2: undefined: x" };
    assert.equal(judge(shimOrGvmMismatch, { go: other }, launchOf({}, plain)), undefined);
    assert.equal(judge(shimOrGvmMismatch, { go: other }, launchOf({}, underWay)), undefined);
    assert.equal(
      judge(shimOrGvmMismatch, { go: { ...healthy, path: "", version: "" } }, launchOf({})),
      undefined,
    );
  });

  it("is read line by line", () => {
    const text =
      "path /usr/local/go/bin/go\ncode 0\nsaid go version go1.26.8 linux/amd64\nversion go1.26.8\nenv GOROOT\nroot /home/u/.gvm/gos/go1.24.13\nroot-version go1.24.13\n";
    assert.deepEqual(goInstallation.read(answer(text), launchOf({})), other);
  });
});
