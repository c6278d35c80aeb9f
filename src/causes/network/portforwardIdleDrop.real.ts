import assert from "node:assert/strict";
import { type Debugging, debugging } from "../../../test/lab/debugging.ts";
import { freePort, serverLab } from "../../../test/lab/dlvServer.ts";
import { portForwards } from "../../../test/lab/portForward.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";

const idleMs = 4000;

describe("a forwarded port that is closed when nothing goes through it", function () {
  this.timeout(180_000);
  const lab = serverLab();
  const forwards = portForwards(lab);
  const [stop = { file: "", line: 0 }] = lab.breakpoints;
  const open: Debugging[] = [];

  before(async () => {
    await lab.prepare();
    await forwards.prepare();
  });
  afterEach(async () => {
    for (const { client } of open.splice(0)) client.close();
    await lab.endAll();
  });
  after(() => {
    forwards.remove();
    lab.remove();
  });

  async function debug(keepAliveMs: number): Promise<Debugging> {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    const near = await forwards.forward(port, idleMs);
    const one = await debugging(lab.attach(near), lab.folder, stop, keepAliveMs);
    open.push(one);
    return one;
  }

  it("is found when a thought at a breakpoint takes too long, and with its fix the thought may take longer", async () => {
    const finding = named({ verdicts: await (await debug(0)).ended() }, "portforward-idle-drop", "possible");
    assert.match(
      finding.because,
      /through kubectl \(pid \d+\) to pod\/api was closed after \d\.\d s without a byte/,
    );
    assert.match(finding.evidence.join("\n"), /-n shop port-forward pod\/api \d+:\d+: has ended as well/);

    const { action } = preferredFix(finding);
    assert.ok(action.kind === "setting" && action.value === 2, JSON.stringify(action));
    const kept = await debug(action.value * 1000);
    assert.equal(await kept.think(1.5 * idleMs), 0);
    const { body } = await kept.client.request("threads");
    assert.ok(Array.isArray(body?.["threads"]), "the session still answers");
    cured(finding, { verdicts: await kept.leave() });
  });
});
