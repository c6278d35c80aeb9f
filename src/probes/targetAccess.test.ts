import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { targetAccess } from "./targetAccess.ts";

const lines = [
  "uids 1000 0 0 0",
  "gids 1000 1000 1000 1000",
  "own 1000",
  "its 0000000000082400",
  "ours 0000000000080000",
  "owner 0",
  "exe /srv/my api",
  "getcap cap_net_raw=ep",
  "samemap",
  "parent 3 my supervisor",
];

describe("what keeps an attach out", () => {
  it("is read with the capabilities by name that are not ours", () => {
    assert.deepEqual(targetAccess.read(answer(lines.join("\n")), launchOf({})), {
      uids: [1000, 0, 0, 0],
      gids: [1000, 1000, 1000, 1000],
      ownUid: 1000,
      more: ["cap_net_bind_service", "cap_net_raw"],
      owner: 0,
      exe: "/srv/my api",
      fileCapabilities: "cap_net_raw=ep",
      sameMap: true,
      parent: { pid: 3, name: "my supervisor" },
    });
  });

  it("is no fact where there is no such process", () => {
    assert.equal(targetAccess.read(answer(""), launchOf({})), undefined);
  });
});
