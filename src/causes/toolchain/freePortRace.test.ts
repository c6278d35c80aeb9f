import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import type { PortOwner, PortUse } from "../../probes/listeners.ts";
import { freePortRace } from "./freePortRace.ts";

const owner: PortOwner = {
  pid: 900,
  ppid: 1,
  uid: 0,
  name: "node",
  exe: "/usr/bin/node",
  argv: [],
  tracer: 0,
  start: 1,
};
const use: PortUse = { port: 41234, listening: true, connected: false, owners: [owner], around: [], uid: 0 };
const said = "couldn't start listener: listen tcp 127.0.0.1:41234: bind: address already in use\n";
const race = {
  totalMs: 30_010,
  phases: [{ name: "start", startMs: 0, ms: 30_010, parts: [] }],
  outcome: "failed",
  printed: said,
  dlv: { pid: 700, argv: ["dlv", "dap", "--listen=127.0.0.1:41234"], cwd: "/w" },
  failure: {
    text: "Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start",
    phase: "start",
    command: "initialize",
  },
} satisfies Partial<Timeline>;

const find = (more: Partial<PortUse> = {}, timeline: Partial<Timeline> = race) =>
  judge(freePortRace, { use: { ...use, ...more } }, launchOf({}, timeline));

describe("free-port-race", () => {
  it("is proven where somebody has the port, and names them", () => {
    const found = find();
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /port 41234, which node \(pid 900\) has/);
    assert.deepEqual(found.explains, { phase: "start", ms: 30_010 });
    assert.match(String(found.fixes[0]?.id), /\/proxy$/);
  });

  it("is proven by a hidden owner's socket, and likely where the port is free again", () => {
    assert.equal(find({ owners: [] })?.certainty, "proven");
    assert.equal(find({ owners: [], listening: false, connected: true })?.certainty, "proven");
    assert.equal(find({ owners: [], listening: false })?.certainty, "likely");
  });

  it("its own fix silences it: dlv that chooses its port never says so", () => {
    assert.equal(find({}, { ...race, printed: "DAP server listening at: 127.0.0.1:41235\n" }), undefined);
  });

  it("looks for the fixed port of a script where dlv was told to choose", () => {
    const dlv = { ...race.dlv, argv: ["/b/dlv", "dap", "--listen=127.0.0.1:0"] };
    const found = find({}, { ...race, dlv, printed: "", said });
    assert.equal(found?.fixes.length, 1);
    assert.match(JSON.stringify(found.fixes), /no-fixed-port.*Take --listen out of that script/);
  });

  it("is clear of the program's own port, of other trouble with the address, and once the program runs", () => {
    const bind = "listen tcp :8080: bind: address already in use\n";
    assert.equal(find({}, { ...race, printed: bind }), undefined);
    const elsewhere =
      "couldn't start listener: listen tcp 192.0.2.1:0: bind: cannot assign requested address\n";
    assert.equal(find({}, { ...race, printed: elsewhere }), undefined);
    assert.equal(find({}, { ...underWay, printed: said }), undefined);
  });
});
