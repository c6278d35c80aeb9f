import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { makeFolder } from "../../../test/lab/module.ts";
import { noPtraceUnlessCapable, openPodman, type Podman } from "../../../test/lab/podman.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { applyChange } from "../../fixes/apply.ts";
import { changeOf } from "../../fixes/change.ts";
import { openContainer } from "../../hosts/container.ts";
import { localHost } from "../../hosts/local.ts";
import { machineOver } from "../../hosts/machine.ts";
import { placeOn } from "../../remote/place.ts";

/**
 * What is real here: the container, its profile and its capabilities, the files, the fix. compose is not there: what its
 * service asks for is given to podman by hand.
 */
describe("a dev container of a compose file with runArgs", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    ".devcontainer/devcontainer.json": `{
  "dockerComposeFile": "../docker-compose.yml",
  "service": "api",
  "runArgs": ["--cap-add=SYS_PTRACE"], // for dlv
}
`,
    "docker-compose.yml": "services:\n  api:\n    build: . # ours\n",
  });
  const { folder } = lab;
  const own = ["CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"] as const;
  const config = { name: "api", type: "go", request: "launch", mode: "exec", program: "/work/hello" };
  let podman: Podman;

  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") skip(this, made);
    podman = made;
    for (const name of own) process.env[name] = podman.env[name];
    writeFileSync(join(folder, "profile.json"), noPtraceUnlessCapable);
  });
  after(async () => {
    for (const name of own) delete process.env[name];
    await podman?.remove();
    lab.remove();
  });

  async function launchIn(name: string, ...options: readonly string[]) {
    const profile = `--security-opt=seccomp=${join(folder, "profile.json")}`;
    const label = "--label=com.docker.compose.service=api";
    // What the editor sets in a container that it has made.
    const variable = "--env=REMOTE_CONTAINERS=true";
    await podman.start("--name", name, profile, label, variable, ...options);
    const machine = await machineOver(await openContainer("podman", name, { env: podman.env }));
    try {
      return await labLaunch({
        place: placeOn(machine),
        config: { ...config, dlvToolPath: "/bin/dlv", __buildDir: "/work" },
        folder,
        breakpoints: [{ file: podman.source, line: 6 }],
      });
    } finally {
      await machine.close();
    }
  }

  it("is found, the service is edited, and in the container with what it asks for the launch stops", async () => {
    const refused = await launchIn("ignored");
    assert.match(String(refused.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(refused, "compose-ignores-runargs", "proven", ["container-ptrace-eperm"]);

    const container = { kind: "podman", name: "ignored" } as const;
    const target = { folder, platform: "linux" as const, config, container };
    const change = await changeOf(preferredFix(finding), target);
    assert.equal((await applyChange(change, localHost)).kind, "applied");
    const compose = readFileSync(join(folder, "docker-compose.yml"), "utf8");
    const [, capability] = /build: \. # ours\n {4}cap_add:\n {6}- (\w+)\n/.exec(compose) ?? [];
    assert.equal(capability, "SYS_PTRACE", compose);

    const stopped = await launchIn("heeded", `--cap-add=${capability}`);
    cured(finding, stopped);
    silent(stopped, "a dev container whose service has SYS_PTRACE, and runArgs beside it");
  });
});
