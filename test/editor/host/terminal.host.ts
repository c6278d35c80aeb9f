import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commands, window } from "vscode";
import { runInTerminal } from "../../../src/extension/terminal.ts";
import { machineOver } from "../../../src/hosts/machine.ts";
import { ptyAround } from "../../../src/hosts/pty.ts";
import { shTransport } from "../../lab/shTransport.ts";

describe("a command for a person to run", () => {
  const folder = mkdtempSync(join(tmpdir(), "dd-terminal-"));
  after(() => rmSync(folder, { recursive: true }));

  for (const [where, title] of [
    ["here", "Delve Doctor"],
    ["on another machine", "Delve Doctor: build7"],
  ])
    it(`is typed into a terminal ${where}, is not sent, and counts once the machine says so`, async () => {
      const made = join(folder, where ?? "");
      const line = `touch '${made}'`;
      const machine = where === "here" ? undefined : await build7();
      let looked = 0;
      const done = runInTerminal({ line, cwd: folder, ...(machine && { machine }) }, async () => {
        looked += 1;
        return existsSync(made);
      });
      await until(() => window.activeTerminal?.name === title);
      if (machine !== undefined) await until(() => shown.includes(line));
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
      if (machine !== undefined) await until(() => givenBack);
    }).timeout(60_000);

  let givenBack = false;
  let shown = "";

  /** A machine that is this one, over a shell and a pty. */
  async function build7() {
    const terminal = async () => {
      const pty = await ptyAround(["bash", "-l"], { columns: 200, rows: 24 }, process.env);
      pty.stdout.on("data", (chunk) => {
        shown += String(chunk);
      });
      return pty;
    };
    const machine = await machineOver({ ...shTransport(), terminal });
    const close = async () => {
      givenBack = true;
      await machine.close();
    };
    return { ...machine, close };
  }
});

async function until(probe: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await probe())) await sleep(200);
}
