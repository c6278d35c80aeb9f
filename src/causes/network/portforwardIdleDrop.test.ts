import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Dropped, Stream } from "../../core/link.ts";
import { portforwardIdleDrop } from "./portforwardIdleDrop.ts";

const kubectl = { pid: 7, name: "kubectl", argv: ["kubectl", "port-forward", "pod/api", "2345:2345"] };
const ssh = { pid: 8, name: "ssh", argv: ["ssh", "-NL", "2345:localhost:2345", "build7"] };
const dropped: Dropped = {
  how: "closed",
  quietMs: 60_400,
  unansweredMs: 0,
  keepAliveMs: 0,
  forwarderGone: true,
};

function find(more: Partial<Dropped> = {}, through: Stream["through"] = kubectl, address = "127.0.0.1:2345") {
  const stream = { address, ...(through && { through }) };
  const link = { refused: [], reopened: false, stream, dropped: { ...dropped, ...more } };
  return judge(portforwardIdleDrop, {}, launchOf({}, { ...underWay, link }));
}
function direct(more: Partial<Dropped>, address: string) {
  const link = { refused: [], reopened: false, stream: { address }, dropped: { ...dropped, ...more } };
  return judge(portforwardIdleDrop, {}, launchOf({}, { ...underWay, link }));
}

describe("portforward-idle-drop", () => {
  it("is likely where kubectl's stream ended after a minute without a byte", () => {
    const found = find();
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /kubectl \(pid 7\) to pod\/api was closed after 1\.0 min without a byte/);
    assert.deepEqual(found.fixes[0]?.action, {
      kind: "setting",
      key: "delveDoctor.keepAliveSeconds",
      value: 20,
    });
  });

  it("its own fix silences it, and proposes less than half of a short limit", () => {
    assert.equal(find({ keepAliveMs: 20_000 }), undefined);
    const action = find({ quietMs: 10_000 })?.fixes[0]?.action;
    assert.equal(action?.kind === "setting" && action.value, 5);
    assert.equal(find({ quietMs: 10_000, keepAliveMs: 5000 }), undefined);
  });

  it("is possible where the quiet was short, or the forwarder is no kubectl", () => {
    assert.equal(find({ quietMs: 3000 })?.certainty, "possible");
    assert.equal(find({}, { pid: 9, name: "socat", argv: ["socat", "a", "b"] })?.certainty, "possible");
    assert.equal(find({ forwarderGone: false }, ssh)?.certainty, "possible");
  });

  it("is clear where bytes had just gone through: a pod that restarts, a dlv that ends", () => {
    assert.equal(find({ quietMs: 300 }), undefined);
    assert.equal(find({ quietMs: 3000, keepAliveMs: 20_000 }), undefined);
  });

  it("is clear for a machine that slept, and for an ssh that was lost itself", () => {
    assert.equal(find({ sleptMs: 30_000 }), undefined);
    assert.equal(find({}, ssh), undefined);
  });

  it("tells a direct dlv that ends from a path that forgets", () => {
    assert.equal(direct({}, "10.0.0.7:2345"), undefined);
    assert.equal(direct({ how: "reset" }, "127.0.0.1:2345"), undefined);
    assert.equal(direct({ how: "silence" }, "10.0.0.7:2345")?.certainty, "possible");
  });
});
