import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { asRootFlow } from "./asRootFlow.ts";

const sudo = {
  pid: 40,
  name: "sudo",
  state: "S",
  children: 0,
  terminal: true,
  address: "127.0.0.1:4000",
  sameNetwork: true,
};
const cache = "/home/me/go/pkg/mod";
const modules = {
  uid: 1000,
  gid: 1000,
  cache,
  places: [{ path: `${cache}/cache/download/example.com`, owner: 0 }],
};
const asRoot = { asRoot: true, mode: "exec" };
const waiting = {
  awaiting: sudo.address,
  totalMs: 9000,
  phases: [{ name: "start", startMs: 0, ms: 9000, parts: [] }],
} as const;
const denied = {
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build\nmain.go:3:8: mkdir ${cache}/cache/download/example.com/dep: permission denied (exit status 1)`,
};

function find(
  dialling: readonly object[],
  timeline: Parameters<typeof launchOf>[1],
  config: object = asRoot,
  more: object = {},
) {
  return judge(asRootFlow, { dialling, modules: { ...modules, ...more } }, launchOf({ ...config }, timeline));
}

describe("as-root-flow", () => {
  it("is proven by a sudo that has a terminal and no child while dlv does not dial back", () => {
    const found = find([sudo], waiting, { ...asRoot, name: "api" });
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /sudo \(pid 40\) waits in the terminal "Go Debug Terminal \(api\)"/);
    assert.deepEqual(found.explains, { phase: "start", ms: 9000 });
    assert.equal(find([{ ...sudo, terminal: false }], waiting)?.certainty, "likely");
  });

  it("leaves the sudo of another session alone, and proves nothing where the address is not known", () => {
    assert.equal(find([{ ...sudo, address: "127.0.0.1:4999" }], waiting), undefined);
    const { awaiting: _, ...unknown } = waiting;
    assert.equal(find([sudo], unknown)?.certainty, "likely");
  });

  it("is clear once sudo has started dlv, and for a configuration without asRoot", () => {
    assert.equal(find([{ ...sudo, children: 1 }], waiting), undefined);
    assert.equal(find([], waiting), undefined);
    assert.equal(find([sudo], waiting, { console: "integratedTerminal" }), undefined);
    assert.equal(find([sudo], underWay), undefined);
    assert.equal(find([sudo], {}), undefined);
  });

  it("is proven by the directory that root has left in the module cache", () => {
    const found = find([], denied, {});
    assert.equal(found?.certainty, "proven");
    assert.match(
      found.because,
      /belongs to root, and go writes there as uid 1000: an earlier build ran as root/,
    );
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
  });

  it("its fix silences it: the cache is its user's again", () => {
    const found = find([], denied, {});
    const fix = preferredFix(found && { cause: "", title: "", ...found });
    assert.deepEqual(fix.action, { kind: "command", argv: ["chown", "-R", "1000:1000", cache] });
    assert.equal(fix.needsRoot, true);
    assert.equal(find([], denied, {}, { places: [] }), undefined);
  });

  it("is clear for a path outside the module cache, another text, and where nothing is built", () => {
    const elsewhere = { ...denied, buildError: "go build: open /srv/app/__debug_bin: permission denied" };
    assert.equal(find([], elsewhere, {}), undefined);
    assert.equal(find([], { ...denied, buildError: "main.go:3:1: syntax error" }, {}), undefined);
    assert.equal(find([], denied, { mode: "exec" }), undefined);
  });
});
