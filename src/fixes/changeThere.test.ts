import assert from "node:assert/strict";
import { findIn } from "../config/find.ts";
import type { Action, Fix } from "../core/fix.ts";
import type { Target } from "./change.ts";
import { changeThere } from "./changeThere.ts";

const text = `{ "configurations": [
  { "name": "Shop", "type": "go", "program": "\${workspaceFolder}", "delveDoctor": { "on": "ssh:build7" } }
] }
`;
const file = "/home/u/shop/.vscode/launch.json";
const written = findIn(text, file, []).configurations[0];
const target: Target = {
  folder: "/home/u/shop",
  platform: "linux",
  config: written?.config ?? {},
  source: { file, at: ["configurations", 0] },
};

async function changeOf(action: Action) {
  const fix: Fix = {
    id: "some-cause/fix",
    title: "Fix it",
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action,
  };
  const there = { name: "build7", folder: "/srv/shop" };
  const change = await changeThere(fix, target, there, () => Promise.resolve(text));
  if (change.kind !== "text") return change;
  return JSON.parse(change.after ?? "").configurations[0];
}

describe("a fix of a launch on another host", () => {
  it("runs a command where the folder lies there", async () => {
    const argv = ["go", "mod", "download"];
    const common = { kind: "command", argv, needsRoot: false };
    assert.deepEqual(await changeOf({ kind: "command", argv }), { ...common, cwd: "/srv/shop" });
    assert.deepEqual(await changeOf({ kind: "command", argv, cwd: "/srv/shop/cmd" }), {
      ...common,
      cwd: "/srv/shop/cmd",
    });
    assert.deepEqual(await changeOf({ kind: "command", argv, cwd: "/var/lib" }), {
      ...common,
      cwd: "/var/lib",
    });
  });

  it("writes the dlv to run there into our attribute", async () => {
    const edits = [{ at: ["dlvToolPath"], value: "/srv/shop/bin/dlv" }];
    assert.deepEqual((await changeOf({ kind: "launch.json", edits })).delveDoctor, {
      on: "ssh:build7",
      dlv: "/srv/shop/bin/dlv",
    });
  });

  it("writes a path as the editor has it, and a mapping as it is", async () => {
    const mapping = [{ from: "/home/u/shop", to: "/srv/shop" }];
    const edits = [
      { at: ["program"], value: "/srv/shop/cmd" },
      { at: ["substitutePath"], value: mapping },
    ];
    const { program, substitutePath } = await changeOf({ kind: "launch.json", edits });
    assert.equal(program, "/home/u/shop/cmd");
    assert.deepEqual(substitutePath, mapping);
  });

  it("leaves a file of that host to a person", async () => {
    assert.deepEqual(await changeOf({ kind: "file", path: "~/.profile", line: "export GOFLAGS=-mod=mod" }), {
      kind: "advice",
      text: "On build7, add this line to ~/.profile: export GOFLAGS=-mod=mod",
    });
  });
});
