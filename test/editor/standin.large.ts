import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { needDelve } from "../../scripts/setup/delve.ts";
import { needGo } from "../../scripts/setup/go.ts";
import { type CodeServer, startCodeServer } from "./codeServer.ts";
import { debugConsole, restart, start, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { mochaInHost } from "./mochaInHost.ts";
import { openWindow, screenshot, until, type Window } from "./window.ts";

const here = import.meta.dirname;

const program = `package main

import "fmt"

func main() {
	n := 41
	n++
	fmt.Println("the answer is", n)
}
`;

describe("a Go program in a real VS Code, with the stand-in for the Go extension alone", function () {
  this.timeout(300_000);
  let folder = "";
  let server: CodeServer;
  let window: Window | undefined;

  before("set up VS Code, Go and Delve", async function () {
    this.timeout(1_800_000);
    folder = realpathSync(mkdtempSync(join(tmpdir(), "dd-tiny-")));
    writeFileSync(join(folder, "go.mod"), "module tiny\n\ngo 1.22\n");
    writeFileSync(join(folder, "main.go"), program);
    const path = [dirname(await needGo()), dirname(await needDelve())];
    server = await startCodeServer({ extensions: [join(here, "standin-go")], path });
  });

  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state !== "failed" || window === undefined) return;
    await screenshot(window.page, join(here, "screenshots", `${this.currentTest.title}.png`));
  });

  after("leave no process and no file", async () => {
    await window?.close();
    await server?.stop();
    assert.deepEqual(server?.processes() ?? [], []);
    rmSync(folder, { recursive: true, force: true });
  });

  it("stops at a breakpoint after F5, again after a restart, and ends with Shift+F5", async () => {
    window = await openWindow(server, folder);
    const { page } = window;
    await toggleBreakpoint(page, "main.go", 8);
    await start(page);
    assert.deepEqual(await untilStopped(page), { file: "main.go", line: 8 });
    assert.match(await debugConsole(page), /DAP server listening at: 127\.0\.0\.1:\d+/);

    // Delve 1.26 and newer restarts the program and not itself.
    const [before] = pidsOf(server, /__debug_bin/);
    await restart(page);
    await until("another process to debug", async () =>
      pidsOf(server, /__debug_bin/).some((pid) => pid !== before),
    );
    assert.deepEqual(await untilStopped(page), { file: "main.go", line: 8 });

    await stop(page);
    await untilEnded(page);
    await until("the end of dlv", async () => pidsOf(server, / dap |__debug_bin/).length === 0);
    await window.close();
    window = undefined;
  });

  it("behaves towards other extensions as the Go extension does", async () => {
    const results = await mochaInHost(server, folder, { tests: [join(here, "host", "standin.host.ts")] });
    assert.deepEqual(
      results.filter(({ state }) => state !== "passed"),
      [],
    );
    assert.equal(results.length, 2);
  });
});

function pidsOf(server: CodeServer, command: RegExp): number[] {
  return server
    .processes()
    .filter((process) => command.test(process.command))
    .map(({ pid }) => pid);
}
