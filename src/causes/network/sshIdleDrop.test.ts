import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Dropped, Link, Lost, Opened } from "../../core/link.ts";
import { sshIdleDrop } from "./sshIdleDrop.ts";

const opened: Opened = { host: { kind: "ssh", name: "build7" }, via: "ssh", configuredMs: 0 };
const lost: Lost = { because: "no answer", silentMs: 320_000, quietMs: 300_000, how: "silence" };
const through = { pid: 7, name: "ssh", argv: ["ssh", "-NL", "2345:localhost:2345", "me@build7"] };
const dropped: Dropped = {
  how: "closed",
  quietMs: 300_000,
  unansweredMs: 20_000,
  keepAliveMs: 0,
  forwarderGone: true,
};
const nothing = { session: undefined, aliveMs: undefined, policy: undefined };

function find(link: Partial<Link>, facts = {}) {
  const launch = launchOf({}, { ...underWay, link: { refused: [], reopened: false, ...link } });
  return judge(sshIdleDrop, { ...nothing, ...facts }, launch);
}
const own = (more: Partial<Lost> = {}, facts = {}) => find({ opened, lost: { ...lost, ...more } }, facts);
const tunnel = (more: Partial<Dropped> = {}, facts: object = { aliveMs: 0 }, one = through) =>
  find({ stream: { address: "127.0.0.1:2345", through: one }, dropped: { ...dropped, ...more } }, facts);

describe("ssh-idle-drop", () => {
  it("is likely where a connection without keep-alives was lost in silence; the fix is below half of it", () => {
    const found = own({}, { session: { established: true, upMs: 9e9 } });
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /build7 was lost after 5\.0 min .*without a keep-alive/);
    assert.match(found.evidence.join("\n"), /still ESTABLISHED there/);
    assert.deepEqual(found.fixes[0]?.action, {
      kind: "ssh-config",
      alias: "build7",
      option: "ServerAliveInterval",
      value: "15",
    });
    const short = own({ quietMs: 20_000, silentMs: 21_000 })?.fixes[0]?.action;
    assert.equal(short?.kind === "ssh-config" && short.value, "10");
  });

  it("aligns with sshd's own limit for silent clients", () => {
    const lines = ["clientaliveinterval 4", "clientalivecountmax 3"];
    const action = own({}, { policy: { from: "sshd -T", lines } })?.fixes[0]?.action;
    assert.equal(action?.kind === "ssh-config" && action.value, "6");
  });

  it("its own fix silences it: what is kept alive in time is not lost to silence", () => {
    assert.equal(own({ keepAliveMs: 15_000 }), undefined);
    assert.equal(own({ keepAliveMs: 15_000, quietMs: 3000, silentMs: 33_000 }), undefined);
    assert.equal(tunnel({}, { aliveMs: 15_000 }), undefined);
  });

  it("is possible where a keep-alive was sent into the silence: it came too late, or the network was down", () => {
    const late = { ...lost, keepAliveMs: 60_000, quietMs: 60_100 };
    const found = find({ opened, lost: late, reopened: true });
    assert.equal(found?.certainty, "possible");
    assert.equal(find({ opened, lost: late, reopened: false }), undefined);
    assert.match(found.because, /keep-alive only every 1\.0 min/);
  });

  it("is possible after a silence that is shorter than any usual limit", () => {
    assert.equal(own({ quietMs: 5000, silentMs: 25_000 })?.certainty, "possible");
    assert.equal(tunnel({ quietMs: 5000 })?.certainty, "possible");
  });

  it("is clear for an end that was told, a machine that slept, a host that restarted", () => {
    assert.equal(own({ how: "closed" }), undefined);
    assert.equal(own({ sleptMs: 100_000 }), undefined);
    assert.equal(own({}, { session: { established: false, upMs: 60_000 } }), undefined);
    assert.equal(own({ quietMs: 200, silentMs: 30_000 }), undefined);
  });

  it("reads the kernel's and OpenSSH's words where nobody says how it ended", () => {
    const { how: _how, ...unsaid } = lost;
    const said = (because: string) => find({ opened, lost: { ...unsaid, because } })?.certainty;
    assert.equal(said("Timeout, server build7 not responding."), "likely");
    assert.equal(said("Connection to build7 closed by remote host."), undefined);
  });

  it("is likely for a tunnel whose ssh gave up after a silence, by the alias that it was started with", () => {
    const found = tunnel();
    assert.equal(found?.certainty, "likely");
    const action = found.fixes[0]?.action;
    assert.equal(action?.kind === "ssh-config" && action.alias, "build7");
    assert.match(found.evidence.join("\n"), /20\.0 s without an answer[\s\S]*serveraliveinterval 0/);
    assert.equal(tunnel({}, { aliveMs: 200_000 })?.certainty, "possible");
  });

  it("is advice for a tunnel that reads a file of its own", () => {
    const found = tunnel({}, { aliveMs: 0 }, { ...through, argv: ["ssh", "-F", "/c", "build7"] });
    assert.equal(found?.fixes[0]?.action.kind, "advice");
  });

  it("is clear for a tunnel that somebody ended, one that lives on, and one without ssh", () => {
    assert.equal(tunnel({ unansweredMs: 0 }), undefined);
    assert.equal(tunnel({ unansweredMs: 200 }), undefined);
    assert.equal(tunnel({ forwarderGone: false }), undefined);
    assert.equal(tunnel({ sleptMs: 60_000 }), undefined);
    assert.equal(tunnel({}, { aliveMs: 0 }, { ...through, name: "kubectl" }), undefined);
  });
});
