import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { givenFlags, repairedFlags, type TriedFlags } from "../../probes/triedFlags.ts";
import { buildflagsQuoting } from "./buildflagsQuoting.ts";

const taken: TriedFlags = { accepted: true, complaint: "", compiled: 60, optimised: [] };
const torn = "malformed import path \"main.v=1\": invalid char '='";
const given: TriedFlags = { ...taken, accepted: false, complaint: torn };
const buildFailed = (text: string) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n${text} (exit status 1)`,
});
const argsOf = (one: typeof givenFlags, ...launch: Parameters<typeof launchOf>) =>
  "sh" in one ? one.args?.(launchOf(...launch)) : undefined;

describe("buildflags-quoting", () => {
  it("is proven where go takes the words that were meant; those silence it", () => {
    const own = { buildFlags: "-ldflags=-X main.v=1" };
    const found = judge(buildflagsQuoting, { given, repaired: taken }, launchOf(own, buildFailed(torn)));
    assert.equal(found?.certainty, "proven");
    assert.doesNotMatch(JSON.stringify([found.because, found.evidence]), /=1/, "what -X sets is not told");
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig(own, { cause: "", title: "", ...found });
    assert.deepEqual(config, { buildFlags: "'-ldflags=-X main.v=1'" });
    const after = { given: taken, repaired: taken };
    assert.equal(judge(buildflagsQuoting, after, launchOf(config, underWay)), undefined);
    assert.equal(judge(buildflagsQuoting, after, launchOf(config, buildFailed(torn))), undefined);
  });

  it("tells nothing of a value that -X sets, torn or whole", () => {
    const own = { buildFlags: `-ldflags="-X 'main.v=one two' -s"` };
    const found = judge(buildflagsQuoting, { given, repaired: taken }, launchOf(own, buildFailed(torn)));
    assert.ok(found);
    assert.doesNotMatch(JSON.stringify([found.because, found.evidence]), /one|two/);
  });

  it("is only likely, and advice, where go takes neither", () => {
    const said = "flag provided but not defined: -tags a";
    const launch = launchOf({ buildFlags: ["-tags a"] }, buildFailed(said));
    const facts = { given: { ...given, complaint: said }, repaired: { ...given, complaint: "no" } };
    const found = judge(buildflagsQuoting, facts, launch);
    assert.equal(found?.certainty, "likely");
    assert.equal(preferredFix({ cause: "", title: "", ...found }).action.kind, "advice");
  });

  it("finds -gcflags that undo Delve's, and is silent where every package keeps -N", () => {
    const own = { buildFlags: ["-race", "-gcflags=-m"] };
    const facts = { given: { ...taken, optimised: ["main"] }, repaired: taken };
    const found = judge(buildflagsQuoting, facts, launchOf(own, underWay));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /main is compiled with optimisation/);
    const config = fixedConfig(own, { cause: "", title: "", ...found });
    assert.deepEqual(config, { buildFlags: ["-race"] });
    assert.equal(judge(buildflagsQuoting, facts, launchOf(config, underWay)), undefined);
    const kept = { buildFlags: ["-gcflags=all=-N -l -m"] };
    assert.equal(judge(buildflagsQuoting, { given: taken, repaired: taken }, launchOf(kept)), undefined);
  });

  it("leaves a flag that go does not know, a package that is missing, and a launch without buildFlags, to others", () => {
    const said = buildFailed("package fooo is not in std (/usr/local/go/src/fooo)");
    const facts = { given: { ...given, complaint: "package fooo is not in std" }, repaired: given };
    assert.equal(judge(buildflagsQuoting, facts, launchOf({ buildFlags: "-race" }, said)), undefined);
    assert.equal(judge(buildflagsQuoting, facts, launchOf({}, said)), undefined);
    const unknown = buildFailed("flag provided but not defined: -nope");
    assert.equal(judge(buildflagsQuoting, facts, launchOf({ buildFlags: "-v -nope" }, unknown)), undefined);
  });

  it("tries the given words and the meant ones behind Delve's own", () => {
    const own = { buildFlags: '-ldflags="-s"', program: "." };
    const delve = ["/w", "go", "build", "-n", "-a", "-gcflags=all=-N -l"];
    assert.deepEqual(argsOf(givenFlags, own), [...delve, '-ldflags="-s"', "."]);
    assert.deepEqual(argsOf(repairedFlags, own), [...delve, "-ldflags=-s", "."]);
    const text = "debug fmt\nplain main\nsaid flag provided but not defined: -x\ngo ended with code 0\n";
    assert.deepEqual(givenFlags.read(answer(text), launchOf(own)), {
      accepted: true,
      complaint: "",
      compiled: 2,
      optimised: ["main"],
    });
    assert.throws(() => givenFlags.read(answer("debug fmt\n"), launchOf(own)), /cut off/);
  });
});
