import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { type GoCache, goCache } from "../../probes/goCache.ts";
import { noHomeNoGocache } from "./noHomeNoGocache.ts";

const homeless: GoCache = {
  dir: "",
  setBy: "default",
  set: [],
  writable: false,
  asked: "",
  modules: false,
  elsewhere: "/home/u/.cache/go-build",
};
const buildFailed = (text: string) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n${text} (exit status 1)`,
});
const required = buildFailed(
  "build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME nor $HOME are defined",
);

describe("no-home-no-gocache", () => {
  it("says what is not set; a cache of its own, and one for modules, silence it", () => {
    const found = judge(noHomeNoGocache, { cache: homeless }, launchOf({}, required));
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "dlv's environment has neither HOME nor XDG_CACHE_HOME nor GOCACHE.");
    assert.ok(found.evidence.includes("set in dlv's environment: HOME no, XDG_CACHE_HOME no"));
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], {
      GOCACHE: "/home/u/.cache/go-build",
      GOMODCACHE: "/home/u/.cache/go-mod",
    });
    const cache = { ...homeless, dir: "/home/u/.cache/go-build", writable: true };
    assert.equal(judge(noHomeNoGocache, { cache }, launchOf(config, required)), undefined);
  });

  it("names a cache that cannot be written, and one that is turned off", () => {
    const said = buildFailed("failed to initialize build cache at /c: mkdir /c: read-only file system");
    const cache = { ...homeless, dir: "/c", set: ["HOME"], asked: "/", modules: true };
    const found = judge(noHomeNoGocache, { cache }, launchOf({}, said));
    assert.equal(found?.because, "The build cache /c cannot be written by dlv's user.");
    assert.ok(found.evidence.includes("access / for writing: refused"));
    const off = buildFailed("build cache is disabled by GOCACHE=off, but required as of Go 1.12");
    const turned = judge(noHomeNoGocache, { cache: { ...cache, dir: "off" } }, launchOf({}, off));
    assert.match(turned?.because ?? "", /^GOCACHE=off/);
  });

  it("leaves it to a person where nothing can be written", () => {
    const { elsewhere: _, ...cache } = homeless;
    const found = judge(noHomeNoGocache, { cache }, launchOf({}, required));
    assert.ok(found);
    assert.equal(preferredFix({ cause: "", title: "", ...found }).action.kind, "advice");
  });

  it("is silent for another failure, a launch under way, and a cache that can be written", () => {
    const relative = buildFailed(
      "build cache is required, but could not be located: GOCACHE is not an absolute path",
    );
    assert.equal(judge(noHomeNoGocache, { cache: homeless }, launchOf({}, relative)), undefined);
    const full = buildFailed("write /c/x: no space left on device");
    assert.equal(judge(noHomeNoGocache, { cache: homeless }, launchOf({}, full)), undefined);
    assert.equal(judge(noHomeNoGocache, { cache: homeless }, launchOf({}, underWay)), undefined);
    assert.equal(
      judge(noHomeNoGocache, { cache: { ...homeless, writable: true } }, launchOf({}, required)),
      undefined,
    );
  });

  it("is read line by line", () => {
    const text = "dir /c\nenv\nset HOME\nmodules\nasked /\nelsewhere /tmp/go-build-0\n";
    assert.deepEqual(goCache.read(answer(text), launchOf({ env: { GOCACHE: "/c" } })), {
      dir: "/c",
      setBy: "launch",
      set: ["HOME"],
      writable: false,
      asked: "/",
      modules: true,
      elsewhere: "/tmp/go-build-0",
    });
    assert.throws(() => goCache.read(answer("", 127), launchOf({})), /there is no go/);
  });
});
