import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { legacyAdapterRace } from "./legacyAdapterRace.ts";

const legacy = { debugAdapter: "legacy", buildFlags: "-tags x -v" };
const find = (config: object, more: object = {}, timeline = {}) =>
  judge(
    legacyAdapterRace,
    { dlv: "1.25.2", place: undefined, goFlags: "", ...more },
    launchOf({ ...config }, timeline),
  );

describe("legacy-adapter-race", () => {
  it("is likely where go prints while it builds, and Delve passes that on", () => {
    const found = find(legacy);
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /-v in "buildFlags" makes go print .* Delve 1\.25\.2/);
    assert.match(
      String(find({ debugAdapter: "legacy" }, { goFlags: "-mod=mod -x" })?.because),
      /-x in GOFLAGS/,
    );
  });

  it("its own fix silences it", () => {
    const found = find(legacy);
    assert.ok(found !== undefined);
    const fixed = fixedConfig(legacy, { cause: "", title: "", ...found });
    assert.equal(fixed["debugAdapter"], "dlv-dap");
    assert.equal(find(fixed), undefined);
  });

  it("is clear for a build that prints nothing, a Delve that keeps stderr, and no build at all", () => {
    assert.equal(find({ debugAdapter: "legacy", buildFlags: "-vet=off" }), undefined);
    assert.equal(find(legacy, { dlv: "1.26.0" }), undefined);
    assert.equal(find({ ...legacy, mode: "exec" }), undefined);
    assert.equal(find({ buildFlags: "-v" }), undefined);
    assert.equal(find(legacy, {}, underWay), undefined);
  });
});
