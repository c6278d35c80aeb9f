import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { type Loopback, loopback } from "../../probes/loopback.ts";
import { connectionTimeoutOneSecond } from "./connectionTimeoutOneSecond.ts";

const late = {
  totalMs: 1300,
  phases: [{ name: "start", startMs: 0, ms: 1300, parts: [] }],
  outcome: "failed",
  failure: { text: "Couldn't start dlv dap:\nconnection timeout", phase: "start", command: "initialize" },
} as const;
const find = (lo: Loopback = {}, timeline = {}) =>
  judge(connectionTimeoutOneSecond, { lo }, launchOf({}, timeline));

describe("connection-timeout-one-second", () => {
  it("is likely by golang.go's words, and says what they do not tell apart", () => {
    const found = find({ load: 16.61, cpus: 2, waitedForCpu: 80 }, late);
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "start", ms: 1300 });
    const evidence = found.evidence.join("\n");
    assert.match(evidence, /16\.61 with 2 CPUs\n.*80 %/);
    assert.match(evidence, /is not told apart/);
  });

  it("is proven where the loopback itself is delayed", () => {
    const found = find({ shaped: "qdisc netem 8001: root refcnt 2 limit 1000 delay 700ms" }, late);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /delay 700ms/);
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

  it("reads the load, the pressure and what shapes lo", () => {
    const read = (stdout: string) => loopback.read(answer(stdout), launchOf({}));
    const shaped = "qdisc netem 8001: root refcnt 2 limit 1000 delay 700ms";
    assert.deepEqual(read(`load 1.50\ncpus 2\nwaited 3.25\nshaped ${shaped} \n`), {
      load: 1.5,
      cpus: 2,
      waitedForCpu: 3.25,
      shaped,
    });
    assert.deepEqual(read("cpus \n"), {});
  });
});
