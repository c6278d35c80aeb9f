import assert from "node:assert/strict";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { makeFolder } from "../../../test/lab/module.ts";
import { labImage, openPodman, type Podman } from "../../../test/lab/podman.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { editContainerFile } from "../../fixes/containerFile.ts";
import { openContainer } from "../../hosts/container.ts";
import { localHost } from "../../hosts/local.ts";
import { machineOver } from "../../hosts/machine.ts";
import { causes } from "../index.ts";

describe("dlv as process 1 of a container", function () {
  this.timeout(240_000);
  const compose = `services:\n  api:\n    image: ${labImage} # built by hand\n`;
  const lab = makeFolder({ "compose.yaml": compose });
  let podman: Podman;

  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") skip(this, made);
    podman = made;
    await needDebian("catatonit");
  });

  after(async () => {
    await podman?.remove();
    lab.remove();
  });

  /** A dlv that waits for its client, and an orphan that has ended: its parent is gone, so it is process 1's. */
  async function examineWith(name: string, ...options: readonly string[]) {
    const dlv = ["/bin/dlv", "exec", "/work/hello", "--headless", "--listen=127.0.0.1:4000"];
    await podman.run("run", "-d", "--name", name, ...options, labImage, ...dlv);
    const machine = await machineOver(await openContainer("podman", name, { env: podman.env }));
    try {
      await podman.run("exec", name, "sh", "-c", "sleep 0.2 & exit 0");
      for (const end = Date.now() + 30_000; Date.now() < end; ) {
        const seen = await podman.run("exec", name, "ps", "-o", "ppid,stat,comm");
        if (/^ *1 +Z +sleep/m.test(seen) || !/ sleep$/m.test(seen)) break;
      }
      const config = { name: "api", type: "go", request: "attach", mode: "remote", port: 4000 };
      const launch = { ...planned(config, lab.folder), timeline: noTimeline };
      return await examine(machine, launch, causes, localHost);
    } finally {
      await machine.close();
    }
  }

  it("is found by the zombie it leaves; with an init, as the compose file then says, there is none", async () => {
    const finding = named({ verdicts: await examineWith("first") }, "dlv-as-pid1", "proven");
    assert.match(finding.evidence.join("\n"), /^pid \d+ sleep: state Z, parent 1$/m);
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "file" && "container" in action);
    assert.deepEqual(editContainerFile(action.path, compose, action.container, {}), {
      text: `${compose}    init: true\n`,
    });

    // No compose is here; what `init: true` does is what --init does.
    const healthy = await examineWith("second", "--init");
    cured(finding, { verdicts: healthy });
    assert.ok(healthy.clear.includes("dlv-as-pid1"));
  });
});
