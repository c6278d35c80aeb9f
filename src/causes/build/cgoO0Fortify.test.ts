import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { type Fortify, fortify } from "../../probes/fortify.ts";
import { cgoO0Fortify } from "./cgoO0Fortify.ts";

// As glibc 2.35 says it in a Nix shell (go-delve/delve#3085).
const complaint =
  "/nix/store/x-glibc-2.35/include/features.h:413:4: error: #warning _FORTIFY_SOURCE requires compiling with optimization (-O) [-Werror=cpp]";
const hardened: Fortify = { cc: "gcc", flagsSet: false, complaint, undefining: true, optimised: true };
const refused = {
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n# runtime/cgo\n${complaint} (exit status 1)`,
};

describe("cgo-o0-fortify", () => {
  it("is proven by what the compiler takes; its own CGO_CFLAGS silence it", () => {
    const found = judge(cgoO0Fortify, { hardening: hardened }, launchOf({}, refused));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      'gcc defines _FORTIFY_SOURCE, which does not go with the CGO_CFLAGS="-O0 -g" that dlv sets.',
    );
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { CGO_CFLAGS: "-O0 -g -U_FORTIFY_SOURCE" });
    const hardening = { ...hardened, flagsSet: true, complaint: "" };
    assert.equal(judge(cgoO0Fortify, { hardening }, launchOf(config, refused)), undefined);
  });

  it("keeps flags of the user's own in front of its own", () => {
    const hardening = { ...hardened, flagsSet: true };
    const fixed = (config: object) => {
      const found = judge(cgoO0Fortify, { hardening }, launchOf({ ...config }, refused));
      assert.ok(found);
      return fixedConfig({ ...config }, { cause: "", title: "", ...found })["env"];
    };
    assert.deepEqual(fixed({ env: { CGO_CFLAGS: "-I/a" } }), { CGO_CFLAGS: "-I/a -U_FORTIFY_SOURCE" });
    assert.deepEqual(fixed({}), { CGO_CFLAGS: "${env:CGO_CFLAGS} -U_FORTIFY_SOURCE" });
  });

  it("optimises where the macro cannot be undefined, and is only likely where neither was tried with success", () => {
    const stubborn = judge(
      cgoO0Fortify,
      { hardening: { ...hardened, undefining: false } },
      launchOf({}, refused),
    );
    assert.ok(stubborn);
    assert.deepEqual(fixedConfig({}, { cause: "", title: "", ...stubborn })["env"], {
      CGO_CFLAGS: "-O0 -g -O1",
    });
    const hardening = { ...hardened, undefining: false, optimised: false };
    const neither = judge(cgoO0Fortify, { hardening }, launchOf({}, refused));
    assert.equal(neither?.certainty, "likely");
    assert.equal(preferredFix({ cause: "", title: "", ...neither }).action.kind, "advice");
  });

  it("is silent where the compiler takes -O0, for another error, and under way", () => {
    assert.equal(
      judge(cgoO0Fortify, { hardening: { ...hardened, complaint: "" } }, launchOf({}, refused)),
      undefined,
    );
    const other = { ...refused, buildError: "# a\n./a.go:3:1: error: unused variable [-Werror=unused]" };
    assert.equal(judge(cgoO0Fortify, { hardening: hardened }, launchOf({}, other)), undefined);
    assert.equal(judge(cgoO0Fortify, { hardening: hardened }, launchOf({}, underWay)), undefined);
  });

  it("is read line by line", () => {
    const text = `cc gcc\ncomplaint ${complaint}\nundefining\noptimised\n`;
    assert.deepEqual(fortify.read(answer(text), launchOf({})), hardened);
    assert.equal(fortify.read(answer("cc gcc\nflags-set\n"), launchOf({})).complaint, "");
  });
});
