import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { freshServer, lostIn, remoteAttach, serversOf, stillIn } from "../../../test/lab/serverFacts.ts";
import type { DlvServer } from "../../probes/dlvServerFacts.ts";
import { sameUserCheck } from "./sameUserCheck.ts";

function find(
  more: Partial<DlvServer>,
  timeline: object = lostIn("handshake"),
  config: object = remoteAttach,
) {
  return judge(sameUserCheck, { servers: serversOf({ uid: 0, ...more }) }, launchOf({ ...config }, timeline));
}

describe("same-user-check", () => {
  it("is proven by a connection closed before the first answer, likely before the launch", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /uid 0 .* uid 1000's/);
    assert.deepEqual(found.explains, { phase: "handshake", ms: 50 });
    assert.equal(find({}, {})?.certainty, "likely");
    assert.equal(find({ listens: ["::1"] })?.certainty, "proven");
  });

  it("prefers the same user, and says what the flag opens; either silences it", () => {
    const fixes = find({})?.fixes ?? [];
    assert.deepEqual(
      fixes.map(({ id, preferred }) => [id, preferred]),
      [
        ["same-user-check/same-user", true],
        ["same-user-check/any-user", false],
      ],
    );
    assert.equal(find({ uid: 1000 }), undefined);
    assert.equal(find({ argv: [...freshServer.argv, "--only-same-user=false"] }), undefined);
  });

  it("is clear for a dlv that listens anywhere else, and where it answered or keeps silent", () => {
    assert.equal(find({ listens: ["0.0.0.0"] }), undefined);
    assert.equal(find({ listens: [] }), undefined);
    assert.equal(find({}, stillIn("handshake")), undefined);
    assert.equal(find({}, lostIn("start")), undefined);
  });

  it("holds for `dlv dap` before a launch", () => {
    const dap = { kind: "dap", argv: ["dlv", "dap", "--listen=127.0.0.1:2345"] } as const;
    assert.equal(find(dap, {}, { port: 2345 })?.certainty, "likely");
  });
});
