import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Launch } from "../../core/launch.ts";
import type { EditorSandbox } from "../../probes/editorSandbox.ts";
import { snapFlatpakVscode } from "./snapFlatpakVscode.ts";

const flatpak: EditorSandbox = { kind: "flatpak", app: "com.visualstudio.code", seesProcess: true };
const snapGo = { path: "/snap/bin/go", real: "/usr/bin/snap" };
const attach = { request: "attach", mode: "local", processId: 4711 };

function found(sandbox: EditorSandbox, launch: Launch = launchOf({})) {
  return judge(snapFlatpakVscode, { sandbox }, launch);
}

describe("snap-flatpak-vscode", () => {
  it("is likely in a Flatpak without go; with the SDK extension's go it is silent", () => {
    const finding = found(flatpak);
    assert.equal(finding?.certainty, "likely");
    assert.match(finding.because, /Flatpak com\.visualstudio\.code, and no go is in it/);
    const sdk = { path: "/usr/lib/sdk/golang/bin/go", real: "/usr/lib/sdk/golang/bin/go" };
    assert.equal(found({ ...flatpak, go: sdk }), undefined);
  });

  it("is likely where an attach in a Flatpak sees no such process", () => {
    const launch = launchOf(attach, failed("could not attach to pid 4711: no such process"));
    assert.match(found({ ...flatpak, seesProcess: false }, launch)?.because ?? "", /no process 4711/);
    assert.equal(found(flatpak, launch), undefined);
  });

  it("is likely where a go of snapd's fails inside the snap of VS Code (golang/vscode-go#1411)", () => {
    const snap: EditorSandbox = { kind: "snap", app: "code", seesProcess: true, go: snapGo };
    const finding = found({ ...snap, goFails: "cannot find GOROOT directory: /snap/bin/go" });
    assert.equal(finding?.certainty, "likely");
    assert.match(
      finding.evidence.join("\n"),
      /\/snap\/bin\/go \(\/usr\/bin\/snap\) env GOROOT: cannot find GOROOT/,
    );
    // A classic snap by itself breaks nothing.
    assert.equal(found(snap), undefined);
    assert.equal(found({ kind: "snap", app: "code", seesProcess: false }, launchOf(attach)), undefined);
  });

  it("is clear outside of both, once the launch is under way, and for a program that is not built", () => {
    assert.equal(found({ kind: "none", app: "", seesProcess: false }), undefined);
    assert.equal(found(flatpak, launchOf({}, underWay)), undefined);
    assert.equal(found(flatpak, launchOf({ mode: "exec", program: "/w/app" })), undefined);
  });
});
