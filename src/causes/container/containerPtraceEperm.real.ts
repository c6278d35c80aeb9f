import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import {
  labImage,
  noPtraceProfile,
  noPtraceUnlessCapable,
  openPodman,
  type Podman,
} from "../../../test/lab/podman.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { filteredHost, noSeccomp, wrapDlv, writeFilter } from "../../../test/lab/seccomp.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { applyChange } from "../../fixes/apply.ts";
import { changeOf } from "../../fixes/change.ts";
import { remember } from "../../fixes/journal.ts";
import { previewOf } from "../../fixes/preview.ts";
import { undoLast } from "../../fixes/undo.ts";
import { openContainer } from "../../hosts/container.ts";
import { localHost } from "../../hosts/local.ts";
import { machineOver } from "../../hosts/machine.ts";
import { placeOn } from "../../remote/place.ts";

describe("ptrace denied by a seccomp filter", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let config: Readonly<Record<string, unknown>> = {};
  let filter = "";

  before(async function () {
    await needDebian("bubblewrap", "strace");
    const why = noSeccomp();
    if (why !== undefined) skip(this, why);
    await warmCache();
    filter = writeFilter(folder);
    config = debugConfig(folder, await labEnv());
  });

  after(() => lab.remove());

  it("around dlv only is found, and the fix runs dlv without its wrapper to the stop", async () => {
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), filter) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(failed, "container-ptrace-eperm", "proven");
    assert.match(finding.evidence.join("\n"), /Seccomp 2, .*TracerPid 0/);
    assert.match(finding.evidence.join("\n"), /without the wrapper: it works/);

    const fixed = fixedConfig(wrapped, finding);
    assert.equal(fixed["dlvToolPath"], await dlv());
    const relaunched = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, relaunched);
  });

  it("around everything is found, with advice for whoever set the filter, and clear without it", async () => {
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), filter) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints, host: filteredHost(filter) });
    const finding = named(failed, "container-ptrace-eperm", "proven");
    assert.match(finding.evidence.join("\n"), /PTRACE_TRACEME by \w+: errno 1$/m);
    assert.equal(preferredFix(finding).action.kind, "advice");

    const healthy = await labLaunch({ config, folder, breakpoints });
    cured(finding, healthy);
  });

  it("that answers ENOSYS is found as well", async () => {
    const enosys = writeFilter(folder, constants.errno.ENOSYS);
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), enosys) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints });
    assert.match(String(failed.launch.timeline.failure?.text), /function not implemented/);
    const finding = named(failed, "container-ptrace-eperm", "proven");
    assert.match(finding.because, /ENOSYS/);
    writeFilter(folder);
  });

  it("is not what is found where dlv is traced already: the text is the same", async () => {
    const script = join(folder, "dlv-traced");
    writeFileSync(script, `#!/bin/sh\nexec strace -f -o /dev/null '${await dlv()}' "$@"\n`, { mode: 0o755 });
    const failed = await labLaunch({ config: { ...config, dlvToolPath: script }, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /operation not permitted/);
    assert.ok(failed.verdicts.clear.includes("container-ptrace-eperm"));
  });
});

describe("ptrace denied in a podman container", function () {
  this.timeout(240_000);
  const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: shop
  annotations:
    # Ours: no debugger on shared machines.
    container.seccomp.security.alpha.kubernetes.io/api: localhost/no-ptrace.json
spec:
  restartPolicy: Never
  containers:
    - name: api
      image: ${labImage} # built by hand
      imagePullPolicy: Never
      command: [/bin/sleep, "100000"]
      env:
        - { name: TOKEN, value: "xyzzy-plugh" }
`;
  const folder = makeFolder({ "k8s/pod.yaml": manifest, "no-ptrace.json": noPtraceUnlessCapable });
  const config = { name: "api", type: "go", request: "launch", mode: "exec", program: "/work/hello" };
  const own = ["CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"] as const;
  let podman: Podman;

  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") skip(this, made);
    podman = made;
    // The fixes ask podman about the container: this one, not the machine's own.
    for (const name of own) process.env[name] = podman.env[name];
  });

  after(async () => {
    for (const name of own) delete process.env[name];
    await podman?.remove();
    folder.remove();
  });

  async function launchIn(container: string) {
    const machine = await machineOver(await openContainer("podman", container, { env: podman.env }));
    try {
      return await labLaunch({
        place: placeOn(machine),
        config: { ...config, dlvToolPath: "/bin/dlv", __buildDir: "/work" },
        folder: folder.folder,
        breakpoints: [{ file: podman.source, line: 6 }],
      });
    } finally {
      await machine.close();
    }
  }

  const play = () =>
    podman.run(
      ...["play", "kube", "--replace", "--seccomp-profile-root", folder.folder],
      join(folder.folder, "k8s", "pod.yaml"),
    );

  it("is found, the pod's manifest is edited, and in the new pod the launch reaches its stop", async () => {
    await play();
    const refused = await launchIn("shop-api");
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "container-ptrace-eperm", "proven");
    assert.match(finding.evidence.join("\n"), /Seccomp 2, .*CAP_SYS_PTRACE no, TracerPid 0/);

    const fix = preferredFix(finding);
    const change = await changeOf(fix, targetOf("shop-api"));
    assert.ok(change.kind === "text");
    assert.match(previewOf(fix, change), /^\+ {6}securityContext:\n\+ {8}capabilities:/m);
    assert.ok(!previewOf(fix, change, true).includes("xyzzy"));
    assert.equal((await applyChange(change, localHost)).kind, "applied");
    await play();
    const stopped = await launchIn("shop-api");
    cured(finding, stopped);

    const state = join(folder.folder, "state");
    await remember(state, fix.id, change, localHost);
    assert.equal((await undoLast(state, localHost)).kind, "done");
    assert.equal(readFileSync(join(folder.folder, "k8s", "pod.yaml"), "utf8"), manifest);
  });

  it("of a container made by hand is cured by its own command with the option added", async () => {
    writeFileSync(join(folder.folder, "always.json"), noPtraceProfile);
    const options = [
      "--security-opt",
      `seccomp=${join(folder.folder, "always.json")}`,
      "--cap-add=SYS_PTRACE",
    ];
    await podman.start("--name", "hand", "-e", "TOKEN=xyzzy-plugh", ...options);
    const refused = await launchIn("hand");
    assert.match(String(refused.launch.timeline.failure?.text), /operation not permitted/);
    const finding = named(refused, "container-ptrace-eperm", "proven");
    // The capability is there and does not help: this profile is somebody's own.
    const run = finding.fixes.find(({ id }) => id.endsWith("/run"));
    assert.ok(run !== undefined);
    const advice = await changeOf(run, targetOf("hand"));
    assert.ok(advice.kind === "advice");
    assert.match(
      advice.text,
      /^podman run --security-opt=seccomp=unconfined -d --name hand -e 'TOKEN=‹redacted›' --cap-add=SYS_PTRACE/m,
    );

    await podman.run("rm", "-f", "-t", "0", "hand");
    await podman.start("--name", "hand", "--security-opt=seccomp=unconfined", "--cap-add=SYS_PTRACE");
    const stopped = await launchIn("hand");
    silent(stopped, "of a container made by hand is cured by its own command with the option added");
  });

  it("is not what is found under podman's own profile, which filters and lets ptrace through", async () => {
    await podman.start("--name", "healthy");
    const stopped = await launchIn("healthy");
    silent(stopped, "is not what is found under podman's own profile, which filters and lets ptrace through");
    assert.ok(stopped.verdicts.clear.includes("container-ptrace-eperm"));
  });

  function targetOf(name: string) {
    const container = { kind: "podman", name } as const;
    return { folder: folder.folder, platform: "linux" as const, config, container };
  }
});
