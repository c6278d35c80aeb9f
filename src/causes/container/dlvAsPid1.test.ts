import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import type { ContainerFiles } from "../../probes/containerFiles.ts";
import { firstProcess } from "../../probes/firstProcess.ts";
import { dlvAsPid1 } from "./dlvAsPid1.ts";

const zombies = [
  { pid: 9, name: "git" },
  { pid: 12, name: "app" },
];
const files: ContainerFiles = { devcontainer: [], compose: ["compose.yaml"], pods: ["pod.yaml"] };
const around = { container: "docker", mayTrace: true, ancestors: [] };

function find(first: unknown, more = {}) {
  return judge(dlvAsPid1, { first, around, files, ...more }, launchOf({}));
}

describe("dlv-as-pid1", () => {
  it("is proven by zombies whose parent is a dlv with pid 1", () => {
    const found = find({ name: "dlv", zombies });
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /leaves 2 ended processes as zombies/);
    assert.match(found.evidence.join("\n"), /^pid 9 git: state Z, parent 1$/m);
  });

  it("puts an init into what describes the container, and its own fix silences it", () => {
    const found = find({ name: "dlv", zombies });
    assert.deepEqual(found?.fixes[0]?.action, { kind: "file", path: "compose.yaml", container: "init" });
    const inPod = find({ name: "dlv", zombies }, { around: { ...around, container: "kubernetes" } });
    assert.deepEqual(inPod?.fixes[0]?.action, { kind: "file", path: "pod.yaml", container: "init" });
    assert.equal(find({ name: "tini", zombies: [] }), undefined);
  });

  it("is clear without zombies, under another process 1, and where there is no /proc", () => {
    assert.equal(find({ name: "dlv", zombies: [] }), undefined);
    assert.equal(find({ name: "systemd", zombies }), undefined);
    assert.equal(find(undefined), undefined);
  });

  it("does not count what the doctor's own scripts leave", () => {
    const read = (text: string) => firstProcess.read(answer(text), launchOf({}));
    assert.deepEqual(read("first dlv\nzombie 4 timeout\nzombie 5 sh\nzombie 6 a b\n"), {
      name: "dlv",
      zombies: [{ pid: 6, name: "a b" }],
    });
    assert.equal(read(""), undefined);
  });
});
