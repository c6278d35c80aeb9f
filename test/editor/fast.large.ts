import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { skip } from "../lab/skip.ts";
import { startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import { notifications } from "./messages.ts";
import { until } from "./window.ts";
import { openFile } from "./workbench.ts";

/** How long (ms) a machine may be busy before a build ahead is waited for no longer. */
const busyMs = 120_000;

describe("a launch that finds the last binary, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;

  before("set up VS Code, Go, Delve and the extension", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor({
      async prepare(folder) {
        writeFileSync(join(folder, ".vscode", "settings.json"), '{ "delveDoctor.fastLaunch": "ahead" }\n');
      },
    });
    page = doctor.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", () => doctor?.close());

  const binaries = () => join(doctor.server.home, ".cache", "delve-doctor", "binaries");
  /** The inode of the one binary that is kept. */
  const kept = () => {
    const names = existsSync(binaries())
      ? readdirSync(binaries()).filter((name) => !name.endsWith(".new"))
      : [];
    return names.length === 1 ? statSync(join(binaries(), names[0] ?? "")).ino : undefined;
  };
  /** Launches to the breakpoint, and gives the inode of the program that stands there. */
  const launch = async (line: number) => {
    await startNamed(page, "Hello");
    assert.deepEqual(await untilStopped(page), { file: "hello.go", line });
    const [pid] = doctor.pids(/^\S*__debug_bin/);
    const { ino } = statSync(`/proc/${pid}/exe`);
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
    return ino;
  };

  it("runs it again where nothing changed, and says nothing", async () => {
    await toggleBreakpoint(page, "hello/hello.go", 8);
    const first = await launch(8);
    await until("the binary that is kept", async () => kept() === first);
    assert.equal(await launch(8), first);
    assert.deepEqual(await notifications(page), []);
  });

  it("finds what was built after a save", async function () {
    const before = kept();
    await openFile(page, "hello/hello.go");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nvar Added = 42\n");
    await page.keyboard.press("Control+S");
    const built = await until(
      "a build ahead",
      async () => kept() !== undefined && kept() !== before,
      busyMs,
    ).then(
      () => true,
      () => false,
    );
    if (!built && (loadavg()[0] ?? 0) > 1) {
      skip(this, "this machine was busy all the time, and then nothing is built ahead");
    }
    const ahead = kept();
    assert.notEqual(ahead, before);
    assert.equal(await launch(8), ahead);
  });
});
