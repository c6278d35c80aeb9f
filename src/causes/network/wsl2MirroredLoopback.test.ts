import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { wsl2MirroredLoopback } from "./wsl2MirroredLoopback.ts";

const slow = { by: "perl", outcome: "connected", error: "", ms: 2400 };
const waiting = { totalMs: 3000, phases: [{ name: "handshake", startMs: 0, ms: 3000, parts: [] }] } as const;

function find(
  tried: object | undefined,
  mode: string | undefined,
  timeline: Parameters<typeof launchOf>[1] = waiting,
) {
  return judge(wsl2MirroredLoopback, { tried, mode }, launchOf({}, timeline));
}

describe("wsl2-mirrored-loopback", () => {
  // The threads name seconds to two minutes for a connection; the command's answer is the documentation's.
  it("is likely in mirrored mode where a connection of our own is slow, or never comes up", () => {
    const found = find(slow, "mirrored");
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /took 2.4 s/);
    assert.deepEqual(found.explains, { phase: "handshake", ms: 3000 });
    assert.equal(find({ ...slow, outcome: "silence", ms: 3000 }, "mirrored")?.certainty, "likely");
  });

  it("its fix silences it: another mode, or a connection that is fast", () => {
    assert.match(String(find(slow, "mirrored")?.fixes[0]?.title), /NAT/);
    assert.equal(find(slow, "nat"), undefined);
    assert.equal(find({ ...slow, ms: 1 }, "mirrored"), undefined);
  });

  it("is clear outside WSL, in a WSL without wslinfo, and where nothing can be timed", () => {
    assert.equal(find(slow, undefined), undefined);
    assert.equal(find(slow, ""), undefined);
    assert.equal(find(undefined, "mirrored"), undefined);
  });

  it("is clear once dlv was reached", () => assert.equal(find(slow, "mirrored", underWay), undefined));
});
