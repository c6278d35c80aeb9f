import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { composeIgnoresRunargs } from "./composeIgnoresRunargs.ts";

const made = [
  {
    file: ".devcontainer/devcontainer.json",
    compose: "docker-compose.yml",
    runArgs: ["--name=api", "--cap-add=SYS_PTRACE"],
  },
];
const rules = { exe: "/go/bin/dlv", seccomp: 2, noNewPrivs: false, tracer: 0, sysPtrace: false };
const trace = { outcome: "EPERM", text: "fork/exec /bin/true: operation not permitted", rules };
const around = { container: "docker", devContainer: true, mayTrace: false, ancestors: [] };
const files = { devcontainer: [".devcontainer/devcontainer.json"], compose: [], pods: [] };
const refused = failed("Failed to launch: could not launch process: fork/exec /w/x: operation not permitted");

function find(more: object, timeline: Parameters<typeof launchOf>[1] = refused, config: object = {}) {
  return judge(
    composeIgnoresRunargs,
    { made, files, trace, around, ...more },
    launchOf({ ...config }, timeline),
  );
}
const asking = (...runArgs: readonly string[]) => ({ made: made.map((one) => ({ ...one, runArgs })) });
const fixOf = (found: ReturnType<typeof find>) => preferredFix(found && { cause: "", title: "", ...found });

describe("compose-ignores-runargs", () => {
  it("is proven by runArgs that ask for what the running container has not", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.match(String(found.evidence[0]), /runArgs --cap-add=SYS_PTRACE$/);
  });

  it("is only likely where something else may have made the container", () => {
    const { devContainer: _, ...plain } = around;
    assert.equal(find({ around: plain })?.certainty, "likely");
    const several = { ...files, devcontainer: [...files.devcontainer, ".devcontainer/ci/devcontainer.json"] };
    assert.equal(find({ files: several })?.certainty, "likely");
  });

  it("knows the option in two words, privileged, and an open seccomp profile", () => {
    assert.equal(find(asking("--cap-add", "SYS_PTRACE"))?.certainty, "proven");
    assert.equal(find(asking("--privileged"))?.certainty, "proven");
    const open = find(asking("--security-opt", "seccomp=unconfined"));
    assert.deepEqual(fixOf(open).action, {
      kind: "file",
      path: "docker-compose.yml",
      container: "no-seccomp",
    });
  });

  it("its fix silences it: the service has it, so the container has", () => {
    assert.deepEqual(fixOf(find({})).action, {
      kind: "file",
      path: "docker-compose.yml",
      container: "sys-ptrace",
    });
    assert.equal(find({ around: { ...around, mayTrace: true } }), undefined);
    assert.equal(find({ trace: { ...trace, outcome: "allowed" } }, {}), undefined);
  });

  it("advises where the compose file is outside the folder", () => {
    const outside = { made: made.map((one) => ({ ...one, compose: "../infra/compose.yml" })) };
    const { action } = fixOf(find(outside));
    assert.match(action.kind === "advice" ? action.text : "", /cap_add: \[SYS_PTRACE\]/);
  });

  it("is clear where runArgs asks for nothing of the kind, without such a file, and outside a container", () => {
    assert.equal(find(asking("--init", "--network=host")), undefined);
    assert.equal(find({ made: [] }), undefined);
    const { container: _, ...machine } = around;
    assert.equal(find({ around: machine }), undefined);
    assert.equal(find({ around: { ...around, container: "kubernetes" } }), undefined);
  });

  it("is clear where something else refuses: a tracer, an emulator, a security module", () => {
    assert.equal(find({ trace: { ...trace, rules: { ...rules, tracer: 9 } } }), undefined);
    assert.equal(find({ trace: { ...trace, outcome: "ENOSYS" } }), undefined);
    assert.equal(find({ trace: { ...trace, outcome: "EACCES" } }), undefined);
  });

  it("is clear once the program runs, and for a remote attach", () => {
    assert.equal(find({}, underWay), undefined);
    assert.equal(find({}, refused, { request: "attach", mode: "remote" }), undefined);
  });
});
