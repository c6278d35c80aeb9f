import assert from "node:assert/strict";
import { type Attaching, attaching, noSetpriv, powerless } from "../../../test/lab/attaching.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("an attach to another user's process", function () {
  this.timeout(240_000);
  // Any user but the one who runs dlv: nobody of Debian.
  const other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  let lab: Attaching;

  before(async function () {
    const why = noSetpriv();
    if (why !== undefined) skip(this, why);
    lab = await attaching();
  });
  afterEach(() => lab?.end());
  after(() => lab?.remove());

  it("is found, and the program of one's own can be attached to", async () => {
    const { pid } = await lab.start([...other, "sleep", "3600"]);
    const refused = await lab.attach(pid, powerless);
    assert.match(String(refused.launch.timeline.failure?.text), /current user does not own the process/);
    const finding = named(refused, "other-user-target", "proven");
    assert.match(finding.evidence.join("\n"), /Uid 65534 65534 65534 65534; dlv's: 0/);

    const { pid: own } = await lab.start([...powerless, lab.program]);
    const attached = await lab.attach(own, powerless);
    cured(finding, attached, "initialized");
    silent(attached, "an attach to a process of one's own", "initialized");
  });
});
