import assert from "node:assert/strict";
import { buildFlagWords, delveGoArgs, flagWords, loadFlags, withBuildFlag, withoutFlag } from "./goBuild.ts";
import { isNewerGo } from "./goVersion.ts";
import { planned } from "./launch.ts";
import { noTimeline } from "./timeline.ts";

const launch = (buildFlags: unknown) => ({ ...planned({ buildFlags }, "/w"), timeline: noTimeline });

describe("build flags", () => {
  it("are split as Delve splits them", () => {
    assert.deepEqual(buildFlagWords(launch("-tags=a  -ldflags '-X m.v=1 -s'")), [
      "-tags=a",
      "-ldflags",
      "-X m.v=1 -s",
    ]);
    assert.deepEqual(buildFlagWords(launch(["-tags", "a b", 7])), ["-tags", "a b"]);
    assert.deepEqual(buildFlagWords(launch(7)), []);
    assert.deepEqual(flagWords("-ldflags='-X m.v=it\\'s' ''"), ["-ldflags=-X m.v=it's", ""]);
    assert.deepEqual(flagWords("-v -tags='a b"), ["-v", "-tags=a b"]);
  });

  it("that choose packages are kept with their values, others are not", () => {
    assert.deepEqual(loadFlags(launch("-race -tags a,b -ldflags '-s' --mod=vendor -v")), [
      "-tags",
      "a,b",
      "--mod=vendor",
    ]);
  });

  it("take a new value in place of the old one, in the user's own form", () => {
    assert.equal(withBuildFlag(launch(undefined), "-x=1"), "-x=1");
    assert.equal(withBuildFlag(launch("-x=2 -y --x=3"), "-x=1"), "-y -x=1");
    assert.deepEqual(withBuildFlag(launch(["-x=2", "-y"]), "-x=1"), ["-y", "-x=1"]);
    assert.equal(withBuildFlag(launch("-v -mod vendor -x"), "-mod=readonly"), "-v -x -mod=readonly");
    assert.deepEqual(withBuildFlag(launch(["-p", "4", "-x"]), "-p=1"), ["-x", "-p=1"]);
    assert.equal(withBuildFlag(launch("-buildvcs -x"), "-buildvcs=false"), "-x -buildvcs=false");
  });

  it("lose a flag together with its value", () => {
    assert.deepEqual(withoutFlag(["-ldflags", "-s", "-x", "--ldflags=-w"], "ldflags"), ["-x"]);
    assert.deepEqual(withoutFlag(["-x", 7, "-tags", "a"], "tags"), ["-x", 7]);
  });
});

describe("the go command of a launch", () => {
  const args = (config: Record<string, unknown>, mode = "debug", extra?: string[]) =>
    delveGoArgs({ config: { program: "./cmd", ...config }, mode }, "/t/bin", extra).join("|");
  const own = "-o|/t/bin|-gcflags|all=-N -l";

  it("has the flags of a text behind Delve's own, but for a leading -C", () => {
    assert.equal(args({}), `build|${own}|./cmd`);
    assert.equal(args({ buildFlags: "-v -tags='a b'" }), `build|${own}|-v|-tags=a b|./cmd`);
    assert.equal(args({ buildFlags: "-C /m -v" }), `build|-C|/m|${own}|-v|./cmd`);
    assert.equal(args({ buildFlags: "-v -C=/m" }), `build|${own}|-v|-C=/m|./cmd`);
  });

  it("has the flags of a list before them", () => {
    assert.equal(args({ buildFlags: ["-C=/m", "-tags", "a b"] }), `build|-C=/m|-tags|a b|${own}|./cmd`);
  });

  it("makes a test program in mode test", () => {
    assert.equal(args({ buildFlags: "-v" }, "test"), `test|-c|${own}|-v|./cmd`);
    assert.equal(args({ buildFlags: ["-v"] }, "test"), `test|-c|-v|${own}|./cmd`);
  });

  it("takes more flags where go takes them", () => {
    assert.equal(args({ buildFlags: "-C /m -v" }, "debug", ["-n"]), `build|-C|/m|-n|${own}|-v|./cmd`);
    assert.equal(args({ buildFlags: ["-v"] }, "test", ["-n"]), `test|-c|-n|-v|${own}|./cmd`);
  });
});

describe("Go versions", () => {
  it("are ordered as the go command orders them", () => {
    const inOrder = ["1.21", "1.21rc1", "1.21rc2", "1.21.0", "1.21.1", "1.21.10", "1.22", "1.99.1", "2.0"];
    for (const [index, version] of inOrder.entries()) {
      assert.equal(isNewerGo(version, version), false);
      for (const older of inOrder.slice(0, index)) {
        assert.equal(isNewerGo(version, older), true, `${version} > ${older}`);
        assert.equal(isNewerGo(older, version), false, `${older} < ${version}`);
      }
    }
  });
});
