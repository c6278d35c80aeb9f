import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import {
  freshServer,
  otherClient,
  ownClient,
  remoteAttach,
  serversOf,
  stillIn,
} from "../../../test/lab/serverFacts.ts";
import type { DlvServer } from "../../probes/dlvServerFacts.ts";
import { twoClientsFight } from "./twoClientsFight.ts";

const runs = [{ pid: 10, name: "app", state: "S", traced: true }];
const shared = { argv: [...freshServer.argv, "--accept-multiclient"], clients: [otherClient, ownClient] };

function find(more: Partial<DlvServer>, timeline: object = stillIn("configure")) {
  return judge(
    twoClientsFight,
    { servers: serversOf({ ...shared, ...more }) },
    launchOf(remoteAttach, timeline),
  );
}

describe("two-clients-fight", () => {
  it("is proven by a program that runs while the attach is set up, and names the other client", () => {
    const found = find({ under: runs });
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /node \(pid 20\)/);
    assert.deepEqual(found.explains, { phase: "configure", ms: 12_000 });
    assert.equal(find({ under: runs }, stillIn("load"))?.certainty, "proven");
    assert.equal(find({ under: runs, clients: [ownClient] }), undefined, "its own fix silences it");
  });

  it("is possible while the program is stopped", () => {
    assert.equal(find({})?.certainty, "possible");
  });

  it("is clear before the attach, once it runs, and for a client that has gone", () => {
    assert.equal(find({ under: runs }, {}), undefined);
    assert.equal(find({ under: runs }, stillIn("run")), undefined);
    assert.equal(find({ under: runs, clients: [ownClient, { ...otherClient, open: false }] }), undefined);
    assert.equal(find({ under: runs, argv: freshServer.argv }), undefined);
  });
});
