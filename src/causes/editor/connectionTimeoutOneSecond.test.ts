import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { type CpuLoad, cpuLoad } from "../../probes/cpuLoad.ts";
import type { Loopback } from "../../probes/loopback.ts";
import { connectionTimeoutOneSecond } from "./connectionTimeoutOneSecond.ts";

const late = {
  totalMs: 1300,
  phases: [{ name: "start", startMs: 0, ms: 1300, parts: [] }],
  outcome: "failed",
  failure: { text: "Couldn't start dlv dap:\nconnection timeout", phase: "start", command: "initialize" },
} as const;
const lo: Loopback = { by: "perl", outcome: "connected", error: "", ms: 0 };
const find = (more: Partial<Loopback> = {}, timeline = {}, cpu: CpuLoad = {}) =>
  judge(connectionTimeoutOneSecond, { lo: { ...lo, ...more }, cpu }, launchOf({}, timeline));

describe("connection-timeout-one-second", () => {
  it("is likely by golang.go's words, and says what they do not tell apart", () => {
    const found = find({}, late, { load: 16.61, cpus: 2, waited: 80 });
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "start", ms: 1300 });
    const evidence = found.evidence.join("\n");
    assert.match(evidence, /took 0 ms\n.*16\.61 with 2 CPUs\n.*80 %/);
    assert.match(evidence, /look the same to golang\.go/);
  });

  it("is proven where a connection within the machine takes longer, and no finding where none comes about", () => {
    const found = find({ ms: 1400 }, late);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /takes 1400 ms/);
    assert.equal(find({ outcome: "silence", ms: 3000 }, late), undefined);
    assert.equal(find({ outcome: "connect", error: "Permission denied" }, late), undefined);
  });

  it("its own fix silences it: through the proxy golang.go connects to nobody", () => {
    const fix = find({}, late)?.fixes.find(({ preferred }) => preferred);
    assert.equal(fix?.action.kind, "setting");
    assert.equal(find({}, underWay), undefined);
  });

  it("is not the wait for dlv's port, nor anything before a launch", () => {
    const other = "Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start";
    assert.equal(find({}, { ...late, failure: { ...late.failure, text: other } }), undefined);
    assert.equal(find(), undefined);
  });

  it("reads the load and the pressure", () => {
    const read = (stdout: string) => cpuLoad.read(answer(stdout), launchOf({}));
    assert.deepEqual(read("load 1.50\ncpus 2\nwaited 3.25\n"), { load: 1.5, cpus: 2, waited: 3.25 });
    assert.deepEqual(read("cpus \n"), {});
  });
});
