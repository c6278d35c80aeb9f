import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, launched, openDoctor } from "./doctor.ts";
import { clickDialog, clickNotification, notifications, untilDialog, untilNotification } from "./messages.ts";
import { until } from "./window.ts";
import {
  applyCodeAction,
  codeActions,
  openFile,
  pickEntry,
  pickLabels,
  runCommand,
  statusBar,
  untilStatus,
  webviewText,
} from "./workbench.ts";

const statusId = "delve-doctor.delve-doctor.delveDoctor.status";
const removeGoproxy = "Remove GOPROXY from this configuration, so that the environment's own holds";

describe("a launch that stalls, fails or is slow, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;
  const launchJson = () => readFileSync(join(doctor.folder, ".vscode", "launch.json"), "utf8");

  before("set up VS Code, Go, Delve and the extension", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor();
    page = doctor.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", () => doctor?.close());

  it("is warned of, explained, fixed in launch.json and relaunched to its breakpoint", async () => {
    const before = launchJson();
    await toggleBreakpoint(page, "greet/main.go", 13);
    await startNamed(page, "Greet");
    const warning = await untilNotification(page, "Greet has stalled in go build");
    await doctor.picture("stall warning");
    assert.equal(warning.severity, "warning");
    assert.match(warning.message, /: go has waited .* for example\.com\/greeting@v1\.0\.0 on a connection/);
    assert.deepEqual(warning.buttons, ["Show Report", "Apply Fix and Relaunch", "Cancel"]);

    await clickNotification(page, "stalled", "Show Report");
    const report = await webviewText(page, "Ruled out");
    assert.match(report, /^go has waited .* Proven on /);
    assert.match(report, /-\s+"GOPROXY": "http:/);
    await doctor.picture("report of a stall");
    assert.equal(doctor.pids(launched).length > 0, true, "the report must not end the launch");

    await runCommand(page, "Delve Doctor: Apply Fix…");
    await pickEntry(page, removeGoproxy);
    await until("the question above the diff", async () => (await pickLabels(page)).includes("Discard"));
    await doctor.picture("fix preview");
    await pickEntry(page, "Apply and Relaunch");
    assert.deepEqual(await untilStopped(page), { file: "main.go", line: 13 });
    assert.equal(launchJson(), before.replace(/"GOPROXY": .*?, \/\//, "//"));
    assert.deepEqual(await notifications(page), []);

    await runCommand(page, "Delve Doctor: Show Last Launch Report");
    assert.match(await webviewText(page, "Before and after the fix"), /all\t[\d.]+ s, stalled\t[\d.]+ m?s\n/);
    await doctor.picture("report after the fix");
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();

    await runCommand(page, "Delve Doctor: Undo Last Fix");
    await pickEntry(page, "Apply");
    await until("the old launch.json", async () => launchJson() === before);
  });
});
