import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { goroutineFlood } from "./goroutineFlood.ts";

// Delve 1.6.0 and 100,000 goroutines: 15.3 s for the list; 3000 goroutines: 0.3 s.
const facts = {
  dlv: "1.6.0",
  go: "go1.16.15",
  place: { path: "/root/go/bin/dlv", dir: "/root/go/bin", script: false, replaceable: true },
};
const flood = { ms: 15_346, count: 100_005 };
const find = (goroutines?: Timeline["goroutines"], more: object = {}, link?: Timeline["link"]) =>
  judge(
    goroutineFlood,
    { ...facts, ...more },
    launchOf({}, { outcome: "stopped", ...(goroutines && { goroutines }), ...(link && { link }) }),
  );

describe("goroutine-flood", () => {
  it("is proven by the list of goroutines: how many, and how long it took", () => {
    const found = find(flood);
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "Delve 1.6.0 lists every goroutine at each stop: for 100005 it took 15.3 s.");
    assert.match(found.evidence.join("\n"), /threads: answered after 15\.3 s .* with 100005 goroutines/);
  });

  it("its own fix silences it: a Delve that lists 1024 at most", () => {
    const { action } = find(flood)?.fixes[0] ?? {};
    assert.ok(action?.kind === "command");
    assert.equal(action.argv.at(-1), "github.com/go-delve/delve/cmd/dlv@v1.8.3");
    assert.equal(find(flood, { dlv: "1.8.3" }), undefined);
  });

  it("is possible while the list has not come, and likely where it comes from another machine", () => {
    const waiting = find({ ms: 4200 });
    assert.equal(waiting?.certainty, "possible");
    assert.match(waiting.evidence.join("\n"), /threads: no response for 4\.2 s/);
    assert.equal(find(flood, {}, { refused: [], reopened: false })?.certainty, "likely");
  });

  it("is clear where there is no list, for a quick one, and for a few thousand goroutines on a slow machine", () => {
    assert.equal(find(), undefined);
    assert.equal(find({ ms: 400, count: 100_005 }), undefined);
    assert.equal(find({ ms: 315, count: 3005 }), undefined);
    assert.equal(find({ ms: 2500, count: 3005 }), undefined);
    assert.equal(find({ ms: 300 }), undefined);
  });
});
