import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import {
  freshServer,
  lostIn,
  otherClient,
  ownClient,
  remoteAttach,
  serversOf,
  stillIn,
} from "../../../test/lab/serverFacts.ts";
import type { DlvServer } from "../../probes/dlvServerFacts.ts";
import { singleClientUsedUp } from "./singleClientUsedUp.ts";

const dap = { kind: "dap", argv: ["dlv", "dap", "--listen=127.0.0.1:2345"], clients: [otherClient] } as const;
const used = { listens: [], clients: [otherClient] };

function find(server: Partial<DlvServer>, timeline: object, config: object = remoteAttach) {
  return judge(singleClientUsedUp, { servers: serversOf(server) }, launchOf({ ...config }, timeline));
}

describe("single-client-used-up", () => {
  it("is proven by a refused connection to a server that has its client, and names that one", () => {
    const found = find(used, lostIn("start"));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /dlv \(pid 9\) .* node \(pid 20\)/);
    assert.deepEqual(found.explains, { phase: "start", ms: 50 });
  });

  it("is possible before the launch, since that client may be the session asked about; proven once it is gone", () => {
    assert.equal(find(used, {})?.certainty, "possible");
    assert.equal(find({ listens: [], clients: [{ ...otherClient, open: false }] }, {})?.certainty, "proven");
    assert.equal(find({ listens: [] }, {})?.certainty, "proven");
  });

  it("says how to start the server again, without the arguments of its program; that silences it", () => {
    const action = find(used, lostIn("start"))?.fixes[0]?.action;
    const again = "/go/bin/dlv --accept-multiclient exec ./app --headless --listen=127.0.0.1:2345";
    assert.ok(action?.kind === "advice" && action.text.endsWith(again));
    assert.equal(find({ clients: [otherClient], argv: again.split(" ") }, {}), undefined);
  });

  it("is proven for `dlv dap` while the launch waits behind another client, and its own fix silences it", () => {
    const config = { port: 2345, host: "127.0.0.1" };
    const found = find({ ...dap, waiting: 1 }, stillIn("handshake"), config);
    assert.equal(found?.certainty, "proven");
    const fixed = fixedConfig(config, { cause: "", title: "", ...found });
    assert.deepEqual(fixed, {});
    assert.equal(find({ ...dap, waiting: 1 }, stillIn("handshake"), fixed), undefined);
  });

  it("is clear for our own session, a server that builds, and one of the other kind", () => {
    assert.equal(
      find({ ...dap, clients: [ownClient], waiting: 1 }, stillIn("handshake"), { port: 2345 }),
      undefined,
    );
    assert.equal(find(used, stillIn("load")), undefined);
    assert.equal(find({ listens: [], under: [] }, lostIn("start")), undefined);
    assert.equal(find({ ...dap, waiting: 1 }, stillIn("handshake")), undefined);
    assert.equal(find(freshServer, {}), undefined);
  });
});
