import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commands, window } from "vscode";
import { runInTerminal } from "../../../src/extension/terminal.ts";

describe("a command for a person to run", () => {
  const folder = mkdtempSync(join(tmpdir(), "dd-terminal-"));
  after(() => rmSync(folder, { recursive: true }));

  it("is typed into a terminal, is not sent, and counts once the machine says so", async () => {
    const made = join(folder, "made");
    let looked = 0;
    const done = runInTerminal({ line: `touch ${made}`, cwd: folder }, async () => {
      looked += 1;
      return existsSync(made);
    });
    await until(() => window.activeTerminal?.name === "Delve Doctor");
    // The question may be answered before the command has run.
    await until(async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      return looked > 0;
    });
    assert.equal(existsSync(made), false, "nobody but the person sends the line");
    await commands.executeCommand("workbench.action.terminal.sendSequence", { text: "\r" });
    await until(() => existsSync(made));
    await until(async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      return looked > 1;
    });
    assert.equal(await done, true);
    window.activeTerminal?.dispose();
  }).timeout(60_000);
});

async function until(probe: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await probe())) await sleep(200);
}
