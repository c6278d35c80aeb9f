import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { DlvProgram } from "../../probes/dlvProgram.ts";
import { missingSupport, unsupportedPlatform } from "./unsupportedPlatform.ts";

// uname -m of a Raspberry Pi OS of 32 bits, as in go-delve/delve#328; its go says what the second text does.
const pi = { system: "Linux", machine: "armv7l", release: "6.1.21-v7+" };
const said =
  "service/debugger/debugger.go:32:2: found packages native (dump_linux.go) and your_linux_architecture_is_not_supported_by_delve (support_sentinel_linux.go)";
const none: Partial<DlvProgram> = { path: "/root/go/bin/dlv", kind: "missing", others: [] };

const find = (on = pi, file = none, timeline = {}, config: object = {}) =>
  judge(unsupportedPlatform, { on, file }, launchOf({ ...config }, timeline));

describe("unsupported-platform", () => {
  it("is likely where there is no dlv and none can be built", () => {
    const found = find();
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /does not compile for Linux on armv7l/);
    assert.equal(found.fixes[0]?.action.kind, "advice");
  });

  it("knows what go says of it, whatever file is there", () => {
    const broken = find(pi, { ...none, kind: "program" }, { ...failed(said, "start") });
    assert.match(String(broken?.evidence.join("\n")), /your_linux_architecture_is_not_supported_by_delve/);
  });

  it("installs with the tag where there is one", () => {
    const found = find({ ...pi, machine: "riscv64" });
    const { action } = found?.fixes[0] ?? {};
    assert.deepEqual(action?.kind === "command" && action.argv, [
      "go",
      "install",
      "-tags=exp.linuxriscv64",
      "github.com/go-delve/delve/cmd/dlv@latest",
    ]);
  });

  it("its own fix silences it: a machine that Delve supports, or a dlv that is there", () => {
    assert.equal(find({ ...pi, machine: "aarch64" }), undefined);
    assert.equal(find({ ...pi, machine: "riscv64" }, { ...none, kind: "program" }), undefined);
  });

  it("is clear for what Delve supports, and for processors that are not known here", () => {
    for (const machine of ["x86_64", "aarch64", "i686", "ppc64le", "something"])
      assert.equal(missingSupport({ ...pi, machine }), undefined);
    assert.equal(missingSupport({ ...pi, system: "Darwin", machine: "arm64" }), undefined);
    assert.equal(missingSupport({ ...pi, system: "FreeBSD", machine: "amd64" }), undefined);
    assert.deepEqual(missingSupport({ ...pi, system: "FreeBSD", machine: "arm64" }), {});
    assert.deepEqual(missingSupport({ ...pi, system: "OpenBSD", machine: "amd64" }), {});
  });

  it("is not asked of a launch that goes on, nor of a server", () => {
    assert.equal(find(pi, none, underWay), undefined);
    assert.equal(find(pi, none, {}, { port: 2345 }), undefined);
  });
});
