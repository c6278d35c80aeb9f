import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked } from "../../src/report/checked.ts";
import { type LabFolder, makeFolder } from "../lab/module.ts";
import { labImage, noPtraceUnlessCapable, openPodman, type Podman } from "../lab/podman.ts";
import { skip } from "../lab/skip.ts";
import { start } from "./delveDoctor.ts";

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: shop
  annotations:
    container.seccomp.security.alpha.kubernetes.io/api: localhost/no-ptrace.json
spec:
  restartPolicy: Never
  containers:
    - name: api # ours
      image: ${labImage}
      imagePullPolicy: Never
      command: [/bin/sleep, "100000"]
`;

describe("delve-doctor --on podman:NAME", function () {
  this.timeout(240_000);
  let lab: LabFolder;
  let podman: Podman;

  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") skip(this, made);
    podman = made;
    const api = {
      name: "api",
      type: "go",
      request: "launch",
      mode: "exec",
      program: "/work/hello",
      cwd: "/work",
    };
    lab = makeFolder({
      ".vscode/launch.json": JSON.stringify({ version: "0.2.0", configurations: [api] }),
      "no-ptrace.json": noPtraceUnlessCapable,
      "pod.yaml": manifest,
    });
  });
  after(async () => {
    await podman?.remove();
    lab?.remove();
  });

  const play = () =>
    podman.run(
      ...["play", "kube", "--replace", "--seccomp-profile-root", lab.folder],
      join(lab.folder, "pod.yaml"),
    );
  async function run(...args: readonly string[]) {
    const { CONTAINERS_CONF = "", CONTAINERS_STORAGE_CONF = "" } = podman.env;
    const running = await start(lab.folder, args, { CONTAINERS_CONF, CONTAINERS_STORAGE_CONF });
    return running.ended;
  }
  const launch = (...more: readonly string[]) =>
    run(
      "launch",
      "--on",
      "podman:shop-api",
      "--remote-folder",
      "/work",
      "--break",
      `${podman.source}:6`,
      ...more,
    );

  it("finds ptrace denied, edits the pod's manifest, and after that reaches the stop", async () => {
    await play();
    const refused = await launch("--json");
    assert.equal(refused.code, 1, refused.stderr);
    const report = JSON.parse(refused.stdout);
    assert.deepEqual(
      { kind: report.host.kind, name: report.host.name },
      { kind: "podman", name: "shop-api" },
    );
    const [finding] = report.findings;
    assert.deepEqual([finding.cause, finding.certainty], ["container-ptrace-eperm", "proven"]);
    const [{ id, kind, undo }] = finding.fixes;
    assert.deepEqual([id, kind, undo], ["container-ptrace-eperm/pod", "file", true]);

    const fixed = await run("fix", id, "--yes");
    assert.equal(fixed.code, 0, fixed.stderr);
    assert.match(fixed.stdout, /^\+ {12}- SYS_PTRACE$/m);
    assert.match(fixed.stdout, /^applied; create the container anew/m);
    await play();
    const reached = await launch();
    assert.equal(reached.code, 0, reached.stdout);
    assert.match(
      reached.stdout,
      /reached its stop .* in container shop-api \(round trip \d+ ms\)\. Nothing was found\./,
    );

    assert.equal((await run("fix", "--undo", "--yes")).code, 0);
    assert.equal(readFileSync(join(lab.folder, "pod.yaml"), "utf8"), manifest);
  });

  it("checks the paths of a configuration where it runs", async () => {
    const api = { name: "api", type: "go", request: "launch", mode: "exec", cwd: "/work" };
    const of = (program: string) => JSON.stringify({ configurations: [{ ...api, program }] }, null, 1);
    lab.write("there/launch.json", of("/work/hello"));
    lab.write("nowhere/launch.json", of("/work/none"));
    const files = ["there/launch.json", "nowhere/launch.json"];
    const answer = await run("check", "--on", "podman:shop-api", "--json", ...files);
    assert.equal(answer.code, 1, answer.stderr);
    const { problems } = JSON.parse(answer.stdout) as Checked;
    assert.deepEqual(
      problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`),
      ["nowhere/launch.json:9 program-missing"],
    );
  });

  it("says in one line that there is no such container", async () => {
    const answer = await run("launch", "--on", "podman:nobody", "--remote-folder", "/work");
    assert.equal(answer.code, 3);
    assert.match(answer.stderr, /there is no container nobody\n$/);
  });
});
