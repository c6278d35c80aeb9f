import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nobody } from "../channel.ts";
import { keySteps } from "./authKeys.ts";
import type { KeyFile } from "./keys.ts";
import { keyring } from "./secrets.ts";
import type { SshTarget } from "./target.ts";

describe("the keys to log in with", () => {
  it("are those of the files where an agent never answers", async () => {
    const folder = mkdtempSync(join(tmpdir(), "agent-"));
    const path = join(folder, "agent");
    const open: Socket[] = [];
    const silent = createServer((socket) => open.push(socket)).listen(path);
    await once(silent, "listening");
    const file: KeyFile = { path: "/id", state: "plain", certificate: false };
    const target: Pick<SshTarget, "agent" | "identitiesOnly" | "user"> = {
      agent: { kind: "socket", path },
      identitiesOnly: false,
      user: "me",
    };
    const context = { person: nobody, keys: [file], keyring: keyring(nobody), asking: () => {} };
    const steps = await keySteps(target, context);
    assert.deepEqual(
      steps.map(({ label }) => label),
      ["the key /id"],
    );
    assert.equal(open.length, 1);
    for (const socket of open) socket.destroy();
    silent.close();
    rmSync(folder, { recursive: true });
  });
});
