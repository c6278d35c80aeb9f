import assert from "node:assert/strict";
import type { Happening, LaunchEvent } from "./event.ts";
import { type LinkHappening, linkOf } from "./link.ts";
import { replay } from "./timeline.ts";

const host = { kind: "ssh", name: "build7" } as const;
const opened: LinkHappening = {
  kind: "link",
  what: "opened",
  host,
  via: "ssh2",
  keepAliveMs: 15_000,
  client: "192.0.2.1 5000",
};
const lost: LinkHappening = { kind: "link", what: "lost", because: "no answer", silentMs: 9000 };
const log = (...entries: readonly (readonly [number, Happening])[]): LaunchEvent[] =>
  entries.map(([t, happening]) => ({ t, ...happening }));

describe("the connection of a launch", () => {
  it("is nothing where nothing was recorded of it", () => {
    assert.equal(linkOf([{ kind: "spawned" }]), undefined);
    assert.equal("link" in replay([]), false);
  });

  it("adds up: the newest round trip, every refusal, and what the connection was when it was lost", () => {
    const refused = {
      why: "prohibited",
      to: "127.0.0.1:4000",
      words: "administratively prohibited",
    } as const;
    const events = log(
      [0, opened],
      [10, { kind: "link", what: "rtt", ms: 101 }],
      [20, { kind: "link", what: "rtt", ms: 103.4 }],
      [30, { kind: "link", what: "refused", ...refused }],
      [90, lost],
    );
    assert.deepEqual(replay(events).link, {
      opened: { host, via: "ssh2", keepAliveMs: 15_000, client: "192.0.2.1 5000" },
      rttMs: 103.4,
      refused: [refused],
      lost: { because: "no answer", silentMs: 9000 },
      lostClient: "192.0.2.1 5000",
      reopened: false,
    });
  });

  it("is reopened by the next connection, and keeps what became of the one before", () => {
    const again: LinkHappening = { ...opened, client: "192.0.2.1 6000" };
    const link = replay(log([0, opened], [90, lost], [95, again])).link;
    assert.equal(link?.reopened, true);
    assert.equal(link.lostClient, "192.0.2.1 5000");
    assert.equal(link.opened?.client, "192.0.2.1 6000");
    assert.equal(link.lost?.silentMs, 9000);
  });

  it("keeps the stream through a tunnel, and its end", () => {
    const through = { pid: 7, name: "kubectl", argv: ["kubectl", "port-forward", "pod/api", "2345"] };
    const dropped = { how: "closed", quietMs: 60_000, unansweredMs: 0, keepAliveMs: 0 } as const;
    const link = linkOf([
      { kind: "link", what: "stream", address: "127.0.0.1:2345", through } as LinkHappening,
      { kind: "link", what: "dropped", ...dropped } as LinkHappening,
    ]);
    assert.deepEqual(link?.stream, { address: "127.0.0.1:2345", through });
    assert.deepEqual(link.dropped, dropped);
  });

  it("is no sign of work: a stall is not hidden by measuring the round trip", () => {
    const events = log([0, { kind: "spawned", pid: 1, argv: [], cwd: "/" }], [900, opened]);
    assert.equal(replay(events, 1000).idleMs, 1000);
  });
});
