import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { ContainerFiles } from "../../probes/containerFiles.ts";
import type { DlvTrace } from "../../probes/dlvTrace.ts";
import type { Surroundings } from "../../probes/surroundings.ts";
import { containerPtraceEperm } from "./containerPtraceEperm.ts";

const rules = { exe: "/go/bin/dlv", seccomp: 2, noNewPrivs: false, tracer: 0, sysPtrace: false };
const text = "could not launch process: fork/exec /bin/true: operation not permitted";
const eperm: DlvTrace = { outcome: "EPERM", text, rules };
const allowed: DlvTrace = { outcome: "allowed", text: "(dlv)", rules };
const docker: Surroundings = { container: "docker", mayTrace: false, ancestors: [] };
const files: ContainerFiles = { devcontainer: [], compose: [], pods: [] };
const facts = {
  trace: eperm,
  raw: { by: "perl", errno: 1 },
  scope: undefined,
  around: docker,
  files,
  place: { path: "/w/dlv.sh", dir: "/w", script: true, replaceable: false },
};
const refused = failed(
  "Failed to launch: could not launch process: fork/exec /w/__debug_bin: operation not permitted",
);

function find(more: object, config = {}, timeline = refused) {
  return judge(containerPtraceEperm, { ...facts, ...more }, launchOf(config, timeline));
}

describe("container-ptrace-eperm", () => {
  it("is proven by dlv's own refused trace under a filter", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.match(found.evidence.join("\n"), /Seccomp 2.*\n.*PTRACE_TRACEME by perl: errno 1/);
  });

  it("is only likely where dlv's own rules could not be read", () => {
    assert.equal(find({ trace: { outcome: "EPERM", text } })?.certainty, "likely");
  });

  it("is not asked about while go still builds, and is before that and at a failure", () => {
    const at = (timeline: object) => containerPtraceEperm.when?.(launchOf({}, timeline));
    assert.deepEqual([at({ current: "build" }), at({}), at(refused)], [false, true, true]);
  });

  it("around a wrapper only is taken off by naming dlv itself, and its own fix silences it", () => {
    const found = find({ trace: { ...eperm, direct: "allowed" } });
    assert.ok(found !== undefined);
    const config = fixedConfig({}, { cause: "", title: "", ...found });
    assert.deepEqual(config, { dlvToolPath: "/go/bin/dlv" });
    assert.equal(find({ trace: { ...allowed, rules: { ...rules, seccomp: 0 } } }, config, {}), undefined);
  });

  it("edits what describes this container, its capability first", () => {
    const all: ContainerFiles = {
      devcontainer: [".devcontainer/devcontainer.json"],
      compose: ["compose.yaml"],
      pods: ["k8s/pod.yaml", "k8s/job.yaml"],
    };
    const fixes = (around: object, given = all) =>
      find({ around: { ...docker, ...around }, files: given })?.fixes ?? [];
    const ids = (around: object, given = all) => fixes(around, given).map(({ id }) => id.split("/")[1]);
    assert.deepEqual(ids({}), ["devcontainer", "compose", "run"]);
    assert.deepEqual(ids({ container: "podman" }), ["devcontainer", "compose", "pod", "pod-2", "run"]);
    assert.deepEqual(ids({ container: "kubernetes" }), ["pod", "pod-2", "run"]);
    assert.deepEqual(ids({}, files), ["run"]);
    assert.deepEqual(fixes({})[1]?.action, { kind: "file", path: "compose.yaml", container: "sys-ptrace" });
    assert.deepEqual(
      fixes({}).map(({ preferred }) => preferred),
      [true, false, false],
    );
  });

  it("takes the profile off where the container has the capability already", () => {
    const action = find({ around: { ...docker, mayTrace: true } })?.fixes[0]?.action;
    assert.equal(action?.kind === "advice" && action.run, "no-seccomp");
  });

  it("names the highest process with the filter where there is no container", () => {
    const ancestors = [
      { pid: 30, name: "node", seccomp: 2 },
      { pid: 20, name: "code", seccomp: 2 },
      { pid: 1, name: "systemd", seccomp: 0 },
    ];
    assert.match(String(find({ around: { mayTrace: true, ancestors } })?.fixes[0]?.title), /code \(pid 20\)/);
  });

  it("is clear where a filter lets ptrace through, as Docker's does", () => {
    assert.equal(find({ trace: allowed }), undefined);
  });

  it("is clear where dlv is traced itself, as its status or the launch's own samples show", () => {
    assert.equal(find({ trace: { ...eperm, rules: { ...rules, tracer: 77 } } }), undefined);
    const dlv = { pid: 9, ppid: 1, name: "dlv", argv: [], state: "S", cpuMs: 1, tracer: 77 };
    assert.equal(find({}, {}, { ...refused, last: { processes: [dlv] } }), undefined);
  });

  it("is clear where Yama explains it, but not for a dlv that scope 2 exempts", () => {
    assert.equal(find({ scope: 3 }), undefined);
    assert.equal(find({ scope: 2 }), undefined);
    assert.equal(find({ scope: 1 })?.certainty, "proven");
    assert.equal(
      find({ scope: 2, trace: { ...eperm, rules: { ...rules, sysPtrace: true } } })?.certainty,
      "proven",
    );
  });

  it("is found for ENOSYS under a filter, and clear on an emulated CPU", () => {
    const enosys: DlvTrace = { outcome: "ENOSYS", text: "function not implemented", rules };
    assert.match(String(find({ trace: enosys })?.because), /ENOSYS/);
    assert.equal(find({ trace: { ...enosys, rules: { ...rules, seccomp: 0 } } }), undefined);
    assert.equal(
      find({ trace: { ...enosys, rules: { ...rules, exe: "/usr/bin/qemu-x86_64-static" } } }),
      undefined,
    );
  });

  it("is clear once the program runs, remotely, and without debugging", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { request: "attach", mode: "remote" }), undefined);
    assert.equal(find({}, { noDebug: true }), undefined);
  });
});
