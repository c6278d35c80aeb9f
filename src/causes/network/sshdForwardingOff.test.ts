import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Link } from "../../core/link.ts";
import type { Timeline } from "../../core/timeline.ts";
import { sshdForwardingOff } from "./sshdForwardingOff.ts";

const none: Link = { refused: [], reopened: false };
const opened = { host: { kind: "ssh", name: "build7" }, via: "ssh2" } as const;
const prohibited = {
  why: "prohibited",
  to: "127.0.0.1:4000",
  words: "administratively prohibited: open failed",
} as const;
const tunnel: Link = {
  ...none,
  stream: {
    address: "127.0.0.1:2345",
    through: { pid: 7, name: "ssh", argv: ["ssh", "-NL", "2345:localhost:2345", "me@build7"] },
  },
  dropped: { how: "closed", quietMs: 30, unansweredMs: 30, keepAliveMs: 20_000, forwarderGone: false },
};
const inHandshake: Partial<Timeline> = {
  totalMs: 50,
  outcome: "failed",
  phases: [
    { name: "start", startMs: 0, ms: 10, parts: [] },
    { name: "handshake", startMs: 10, ms: 40, parts: [] },
  ],
};
const off = { from: "sshd -T", lines: ["allowtcpforwarding no"] };

function find(link: Link, facts = {}, timeline: Partial<Timeline> = inHandshake) {
  const launch = launchOf({ request: "attach", mode: "remote" }, { ...timeline, link });
  return judge(sshdForwardingOff, { streams: undefined, policy: undefined, ...facts }, launch);
}

describe("sshd-forwarding-off", () => {
  it("is proven by the server's own word, and explains no time: the launch works without", () => {
    const found = find({ ...none, opened, refused: [prohibited] }, { policy: off }, underWay);
    assert.equal(found?.certainty, "proven");
    assert.equal(found.explains, undefined);
    assert.match(found.because, /build7 prohibits .*relay program/);
    assert.match(
      found.evidence.join("\n"),
      /administratively prohibited[\s\S]*sshd -T: allowtcpforwarding no/,
    );
    const action = found.fixes.find(({ preferred }) => preferred)?.action;
    assert.match(action?.kind === "advice" ? action.text : "", /Match User[\s\S]*AllowTcpForwarding local/);
  });

  it("is clear for a port where nothing listens", () => {
    assert.equal(find({ ...none, opened, refused: [{ ...prohibited, why: "refused" }] }), undefined);
  });

  it("is likely for a tunnel that is closed at once, where its ssh is refused another stream", () => {
    const found = find(tunnel, { streams: "prohibited" });
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "handshake", ms: 40 });
    assert.match(found.evidence.join("\n"), /ssh \(pid 7\) listens at 127\.0\.0\.1:2345/);
    const action = found.fixes.find(({ preferred }) => preferred)?.action;
    assert.match(action?.kind === "advice" ? action.text : "", /--on ssh:build7/);
  });

  it("is proven for a tunnel by what holds there, and only likely by a file without its Match blocks", () => {
    assert.equal(find({ ...tunnel, opened }, { policy: off })?.certainty, "proven");
    const file = { ...off, from: "/etc/ssh/sshd_config" };
    assert.equal(find({ ...tunnel, opened }, { policy: file })?.certainty, "likely");
    assert.equal(find({ ...tunnel, opened, refused: [prohibited] })?.certainty, "proven");
  });

  it("takes DisableForwarding and PermitOpen none for the same, and a list of PermitOpen not", () => {
    const by = (line: string) =>
      find({ ...tunnel, opened }, { policy: { from: "sshd -T", lines: [line] } })?.certainty;
    assert.deepEqual([by("disableforwarding yes"), by("permitopen none")], ["proven", "proven"]);
    assert.deepEqual([by("permitopen localhost:2345"), by("allowtcpforwarding yes")], [undefined, undefined]);
  });

  it("its own fix silences it: no tunnel in the way, and a stream that is not refused", () => {
    assert.equal(find({ ...none, opened }, { policy: off }, underWay), undefined);
    assert.equal(find(tunnel, { streams: "given" }), undefined);
    // The sshd that this machine was reached by is not the tunnel's.
    assert.equal(find(tunnel, { streams: "given", policy: off }), undefined);
  });

  it("is clear for a tunnel that Delve spoke through, and for one whose ssh has ended", () => {
    assert.equal(find(tunnel, { streams: "prohibited" }, underWay), undefined);
    const gone = { ...tunnel.dropped, forwarderGone: true } as Link["dropped"];
    assert.equal(find({ ...tunnel, ...(gone && { dropped: gone }) }, { streams: "prohibited" }), undefined);
    assert.equal(find(none, { streams: "prohibited" }), undefined);
  });
});
