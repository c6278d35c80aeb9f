import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { rrBackendPerf } from "./rrBackendPerf.ts";

const rr = "/usr/bin/rr";
const record = { mode: "exec", backend: "rr" };
const missing = failed("Failed to launch: could not launch process: backend unavailable");
const paranoid = failed(
  "Failed to launch: could not launch process: rr needs /proc/sys/kernel/perf_event_paranoid <= 1, but it is 2",
);

function find(host: object, timeline: Parameters<typeof launchOf>[1], config: object = record) {
  return judge(rrBackendPerf, { host }, launchOf({ ...config }, timeline));
}
const finding = (found: ReturnType<typeof find>) => found && { cause: "", title: "", ...found };

describe("rr-backend-perf", () => {
  it("is proven where there is no rr, and its fix silences it", () => {
    const found = find({ paranoid: 2 }, missing);
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    const fixed = fixedConfig(record, finding(found));
    assert.deepEqual(fixed, { mode: "exec" });
    assert.equal(find({ paranoid: 2 }, {}, fixed), undefined);
  });

  it("is proven by the kernel's value; lowering it until the next boot is the other way", () => {
    const found = find({ rr, paranoid: 2 }, paranoid);
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(
      found.fixes.map(({ id, needsRoot }) => [id, needsRoot]),
      [
        ["rr-backend-perf/native-backend", false],
        ["rr-backend-perf/until-reboot", true],
      ],
    );
    assert.equal(find({ rr, paranoid: 1 }, {}), undefined);
  });

  it("is likely before the launch, and tells a replay to install rr", () => {
    assert.equal(find({}, {})?.certainty, "likely");
    const replay = find({}, missing, { mode: "replay" });
    assert.equal(preferredFix(finding(replay)).id, "rr-backend-perf/install-rr");
    assert.equal(find({ rr, paranoid: 2 }, {}, { mode: "replay" }), undefined);
  });

  it("is clear for another backend, another failure, a kernel without the file, and once it runs", () => {
    assert.equal(find({}, {}, { mode: "exec", backend: "native" }), undefined);
    assert.equal(find({}, missing, { mode: "exec" }), undefined);
    assert.equal(find({}, failed("Failed to launch: not an executable file")), undefined);
    assert.equal(find({ rr }, {}), undefined);
    assert.equal(find({}, underWay), undefined);
  });
});
