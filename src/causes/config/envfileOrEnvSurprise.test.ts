import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { envLines } from "../../probes/envLines.ts";
import { type GoWithout, goWithout } from "../../probes/goWithout.ts";
import { envfileOrEnvSurprise } from "./envfileOrEnvSurprise.ts";

const refusal = "go: parsing $GOFLAGS: unknown flag -foo";
const go: GoWithout = { refusal, set: ["GOFLAGS", "GOPATH"], culprits: ["GOFLAGS"] };
const lines = [{ name: "GOFLAGS", file: ".env", line: 3 }];
const refused = (text = refusal) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n${text} (exit status 1)`,
});
const own = { env: { GOFLAGS: "-foo -tags=secret", A: "b" } };

describe("envfile-or-env-surprise", () => {
  it("names the variable, its file and its line, and no value; an empty one silences it", () => {
    const found = judge(envfileOrEnvSurprise, { go, lines }, launchOf(own, refused()));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "go does not work with the GOFLAGS of the configuration's environment (.env:3).",
    );
    assert.doesNotMatch(JSON.stringify(found), /secret/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig(own, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { GOFLAGS: "", A: "b" });
    const content: GoWithout = { refusal: "", set: [], culprits: [] };
    assert.equal(judge(envfileOrEnvSurprise, { go: content, lines }, launchOf(config, refused())), undefined);
  });

  it("removes what launch.json itself says, and only there", () => {
    const inLaunch = [{ name: "GOFLAGS", file: ".vscode/launch.json", line: 9 }];
    const found = judge(envfileOrEnvSurprise, { go, lines: inLaunch }, launchOf(own, refused()));
    assert.ok(found);
    assert.deepEqual(fixedConfig(own, { cause: "", title: "", ...found })["env"], { A: "b" });
    const both = judge(
      envfileOrEnvSurprise,
      { go, lines: [...inLaunch, ...lines] },
      launchOf(own, refused()),
    );
    assert.ok(both);
    assert.deepEqual(fixedConfig(own, { cause: "", title: "", ...both })["env"], { GOFLAGS: "", A: "b" });
  });

  it("says where dlv inherits it", () => {
    const found = judge(envfileOrEnvSurprise, { go, lines: [] }, launchOf({}, refused()));
    assert.match(found?.because ?? "", /of the environment that dlv inherits\.$/);
  });

  it("is silent where go refuses without each of them too, for other errors, and under way", () => {
    const none = { ...go, culprits: [] };
    assert.equal(judge(envfileOrEnvSurprise, { go: none, lines }, launchOf(own, refused())), undefined);
    for (const text of [
      "./main.go:5:2: undefined: x",
      "go: creating work dir: mkdir /t: no space left on device",
    ])
      assert.equal(judge(envfileOrEnvSurprise, { go, lines }, launchOf(own, refused(text))), undefined);
    assert.equal(judge(envfileOrEnvSurprise, { go, lines }, launchOf(own, underWay)), undefined);
  });

  const words = [
    "go: GOPATH entry cannot start with shell metacharacter '~': \"~/go\"",
    "go: creating work dir: stat /nope: no such file or directory",
    'go: invalid GOTOOLCHAIN "x"',
    "build cache is required, but could not be located: GOCACHE is not an absolute path",
    'go: invalid value "\'-s" for flag -ldflags (from $GOFLAGS): missing =<value> in <pattern>=<value>',
  ];
  for (const text of words)
    it(`looks where go says: ${text}`, () => {
      assert.ok(judge(envfileOrEnvSurprise, { go, lines }, launchOf(own, refused(text))));
    });

  it("reads names and lines", () => {
    assert.deepEqual(
      goWithout.read(answer(`refusal ${refusal}\nset GOFLAGS\nculprit GOFLAGS\nset GOPATH\n`), launchOf({})),
      go,
    );
    assert.deepEqual(
      envLines.read(answer("line GOFLAGS 3 .env\nline GOFLAGS 3 .env\n"), launchOf({})),
      lines,
    );
  });
});
