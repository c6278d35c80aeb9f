import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import {
  freshServer,
  lostIn,
  otherClient,
  remoteAttach,
  serversOf,
  stillIn,
} from "../../../test/lab/serverFacts.ts";
import type { DlvServer } from "../../probes/dlvServerFacts.ts";
import { headlessNotReadyYet } from "./headlessNotReadyYet.ts";

const busy = { ticks: 25, bytes: 4_000_000 };
const idle = { ticks: 0, bytes: 0 };
const multi = [...freshServer.argv, "--accept-multiclient"];

function find(more: Partial<DlvServer>, timeline: object = stillIn("handshake")) {
  const servers = serversOf({ waiting: 1, under: [], work: busy, ...more });
  return judge(headlessNotReadyYet, { servers }, launchOf(remoteAttach, timeline));
}

describe("headless-not-ready-yet", () => {
  it("is proven by a connection that a working dlv has not taken; once taken it is silent", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /pid 9\) on port 2345 still loads its program/);
    assert.match(found.evidence.join("\n"), /250 ms of CPU and 4000000 bytes/);
    assert.deepEqual(found.explains, { phase: "handshake", ms: 12_000 });
    assert.equal(find({ waiting: 0 }), undefined);
    assert.equal(find({ work: idle })?.certainty, "likely");
  });

  it("warns against cancelling where the server takes one connection only", () => {
    const text = (argv: readonly string[]) => {
      const action = find({ argv })?.fixes[0]?.action;
      return action?.kind === "advice" ? action.text : "";
    };
    assert.match(text(freshServer.argv), /Do not cancel it/);
    assert.doesNotMatch(text(multi), /cancel/);
  });

  it("names what it waits for: a process, a download, the signal that lets it run on", () => {
    const argv = ["dlv", "attach", "--waitfor", "/srv/app", "--headless"];
    assert.match(find({ argv })?.because ?? "", /waits for a process whose name begins with \/srv\/app/);
    const under = [{ pid: 12, name: "debuginfod-find", state: "S", traced: false }];
    assert.match(find({ under, work: idle })?.because ?? "", /still downloads debug information/);
    const stopped = find({ state: "T", argv: multi, clients: [otherClient] });
    assert.match(stopped?.because ?? "", /stopped by a signal/);
    const action = stopped?.fixes[0]?.action;
    assert.deepEqual(action?.kind === "command" ? action.argv.slice(3) : [], ["resume", "9", "77"]);
  });

  it("is proven by a refusal while go still builds under it, likely before that", () => {
    const under = [{ pid: 13, name: "go", state: "S", traced: false }];
    assert.equal(find({ listens: [], waiting: 0, under }, lostIn("start"))?.certainty, "proven");
    assert.equal(find({ listens: [], waiting: 0, under }, {})?.certainty, "likely");
  });

  it("is clear for a server that has had its client", () => {
    assert.equal(find({ listens: [], clients: [otherClient] }, lostIn("start")), undefined);
    assert.equal(find({ argv: multi, clients: [otherClient] }), undefined);
  });
});
