import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fix } from "../core/fix.ts";
import { localHost } from "../hosts/local.ts";
import { applyChange } from "./apply.ts";
import { type Change, changeOf, type Target } from "./change.ts";
import { remember } from "./journal.ts";
import { previewOf } from "./preview.ts";
import { undoLast } from "./undo.ts";

const fix: Fix = {
  id: "ssh-idle-drop/keep-alive",
  title: "Keep build7 alive",
  preferred: true,
  needsRoot: false,
  scope: "user",
  action: { kind: "ssh-config", alias: "build7", option: "ServerAliveInterval", value: "15" },
};
const target: Target = { folder: "/w", platform: "linux", config: {}, sshConfig: "/home/u/.ssh/config" };

function changed(text: string | undefined): Promise<Change> {
  return changeOf(fix, target, () => Promise.resolve(text));
}

describe("a fix in OpenSSH's configuration", () => {
  it("sets the option for the alias and leaves every other byte, comments and line ends included", async () => {
    const text = "# mine\r\nHost build7\r\n\tHostName 192.0.2.7 \r\n\r\nHost *\r\n\tUser me\r\n";
    const change = await changed(text);
    assert.ok(change.kind === "text", JSON.stringify(change));
    assert.equal(change.file, "/home/u/.ssh/config");
    const added = "\tServerAliveInterval 15\r\n";
    assert.equal(change.after?.replace(added, ""), text);
    assert.ok(change.after?.includes(added));
    assert.match(previewOf(fix, change, true), /^\+\tServerAliveInterval 15\r?$/m);
    assert.match(previewOf(fix, change), /Undo: restores the file byte for byte/);
  });

  it("is advice where there is nothing to change", async () => {
    const change = await changed("Host build7\n  ServerAliveInterval 15\n");
    assert.equal(change.kind, "advice");
  });

  it("makes a file that OpenSSH accepts where there is none, and its undo takes it away", async () => {
    const folder = await mkdtemp(join(tmpdir(), "delve-doctor-ssh-"));
    try {
      const file = join(folder, ".ssh", "config");
      const change = await changeOf(fix, { ...target, sshConfig: file });
      assert.equal((await applyChange(change, localHost)).kind, "applied");
      assert.match(await readFile(file, "utf8"), /^Host build7\n\s+ServerAliveInterval 15\n$/);
      // Windows has no modes.
      if (process.platform !== "win32") {
        assert.equal((await stat(file)).mode & 0o777, 0o600);
        assert.equal((await stat(join(folder, ".ssh"))).mode & 0o777, 0o700);
      }
      await remember(join(folder, "state"), fix.id, change, localHost);
      assert.equal((await undoLast(join(folder, "state"), localHost)).kind, "done");
      await assert.rejects(stat(file), /ENOENT/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
