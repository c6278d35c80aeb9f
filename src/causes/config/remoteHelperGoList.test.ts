import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { remoteAttach } from "../../../test/lab/serverFacts.ts";
import { guessHelpers } from "../../probes/guessHelpers.ts";
import { remoteHelperGoList } from "./remoteHelperGoList.ts";

const stdout = `helper 40 1000 25.50 39 1 node
go 40 41 S 1 /w/my module
`;
const helpers = guessHelpers.read(answer(stdout), launchOf({}));

function find(facts: typeof helpers, config: object = remoteAttach, timeline: object = {}) {
  return judge(remoteHelperGoList, { helpers: facts }, launchOf({ ...config }, timeline));
}

describe("remote-helper-go-list", () => {
  it("is proven by a helper that waits for its go list, and its own fix silences it", () => {
    const found = find(helpers);
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "start", ms: 15_500 });
    assert.match(found.evidence.join("\n"), /pid 40: .* started 15\.5 s ago by node \(pid 39\)/);
    assert.match(found.evidence.join("\n"), /pid 41: go list, state S, 1 TCP connections, in \/w\/my module/);
    const config = fixedConfig(remoteAttach, { cause: "", title: "", ...found });
    assert.equal(config["debugAdapter"], "dlv-dap");
    assert.equal(find(helpers, config), undefined);
  });

  it("is possible only where the helper may be another window's, and prefers its own", () => {
    const other = helpers.map((one) => ({ ...one, pid: 50, parent: { ...one.parent, ours: false } }));
    assert.deepEqual([find(other)?.certainty, find(other)?.explains], ["possible", undefined]);
    const found = find([...other, ...helpers]);
    assert.equal(found?.certainty, "proven");
    assert.match(found.evidence.join("\n"), /^pid 40: /m);
  });

  it("is clear for a young helper, one without go list, a launch, and an attach that is under way", () => {
    assert.equal(find(helpers.map((one) => ({ ...one, ageMs: 900 }))), undefined);
    assert.equal(find(guessHelpers.read(answer(stdout.split("\n")[0] ?? ""), launchOf({}))), undefined);
    assert.equal(find(helpers, { mode: "debug" }), undefined);
    assert.equal(find(helpers, remoteAttach, underWay), undefined);
    assert.equal(find(helpers, remoteAttach, { totalMs: 40, failure: { text: "refused" } }), undefined);
  });

  it("is unknown where there is no /proc", () => {
    assert.throws(() => guessHelpers.read(answer("", 74), launchOf({})), /\/proc cannot be read/);
  });
});
