import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { type DlvInstall, dlvInstall } from "../../probes/dlvInstall.ts";
import { dlvInstallOffline } from "./dlvInstallOffline.ts";

const offline: DlvInstall = {
  go: "1.26.8",
  toolchain: "auto",
  proxy: "http://127.0.0.1:9",
  error:
    'go: module github.com/go-delve/delve: Get "http://127.0.0.1:9/github.com/go-delve/delve/@v/list": dial tcp 127.0.0.1:9: connect: connection refused',
};
const old: DlvInstall = {
  go: "1.24.13",
  toolchain: "local",
  proxy: "https://proxy.example",
  version: "v1.27.1",
  wants: "1.25.0",
};
const config = { dlvToolPath: "/root/go/bin/dlv" };
const find = (install: DlvInstall | undefined, timeline = {}, own: object = config) =>
  judge(dlvInstallOffline, { install }, launchOf({ ...own }, timeline));

describe("dlv-install-offline", () => {
  it("is proven where go could not ask for Delve", () => {
    const found = find(offline);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /connection refused/);
    assert.equal(found.fixes[0]?.action.kind, "advice");
    const unspawned = {
      totalMs: 3,
      phases: [{ name: "start", startMs: 0, ms: 3, parts: [] }],
      spawnError: { errno: "ENOENT", text: "ENOENT" },
    };
    assert.deepEqual(find(offline, unspawned)?.explains, { phase: "start", ms: 3 });
  });

  it("is only likely where the proxy has not answered so far", () => {
    const slow = dlvInstall.read(answer("toolchain auto\ngo go1.26.8\nproxy direct\nerror \n"), launchOf({}));
    assert.equal(find(slow)?.certainty, "likely");
  });

  it("is proven where this Go may not build the newest, and installs the release of its time", () => {
    const found = find(old);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /go1\.24\.13 may not build the newest: Delve v1\.27\.1 wants Go 1\.25\.0/);
    const { action } = found.fixes[0] ?? {};
    assert.deepEqual(action?.kind === "command" && action.argv, [
      "env",
      "GOBIN=/root/go/bin",
      "go",
      "install",
      "github.com/go-delve/delve/cmd/dlv@v1.26.3",
    ]);
    assert.equal(find({ ...old, toolchain: "", go: "1.19.8" })?.certainty, "proven");
  });

  it("its own fix silences it: then there is a dlv, and nothing is asked", () => {
    assert.equal(find(undefined), undefined);
  });

  it("is clear where the installation works: a Go that will do, or one that may fetch another", () => {
    assert.equal(find({ ...old, go: "1.26.8" }), undefined);
    assert.equal(find({ ...old, toolchain: "auto" }), undefined);
  });

  it("is not asked of a server, nor of a launch that goes on", () => {
    assert.equal(find(offline, underWay), undefined);
    assert.equal(find(offline, {}, { port: 2345 }), undefined);
  });

  it("reads go's answer: the newest Delve, or its last word", () => {
    const read = (stdout: string) => dlvInstall.read(answer(stdout), launchOf({}));
    const head = "toolchain local\ngo go1.24.13\nproxy off\n";
    const newest = read(`${head}newest v1.27.1 1.25.0\n`);
    assert.deepEqual([newest?.version, newest?.wants, newest?.toolchain], ["v1.27.1", "1.25.0", "local"]);
    assert.match(
      String(read(`${head}error go: module lookup disabled by GOPROXY=off\n`)?.error),
      /GOPROXY=off/,
    );
    assert.equal(read(`${head}error \n`)?.error, "no answer within 7 s");
    assert.equal(read(""), undefined);
  });
});
