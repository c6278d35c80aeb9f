import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { needDelve } from "../../scripts/setup/delve.ts";
import { startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import { until } from "./window.ts";
import { untilLoaded } from "./workbench.ts";

/** Everything that a launch starts: dlv, what it builds with, what it debugs, and what stands in for a dlv that hangs. */
const started = /\bdlv\S* dap|__debug_bin|\/compile |\/link |go build|sleep 1003/;

/** How long (ms) after the end of the extension host something of a launch may be there: dlv has a grace of its own. */
const cleanMs = 20_000;

/** A launch in each of its phases, and what is there of it then. */
const phases = {
  start: { name: "Slow dlv", sign: /sleep 1003/ },
  stuck: { name: "Stuck", sign: /go build/ },
  compiling: { name: "Cold", sign: /\/compile / },
  stopped: { name: "Hello", sign: /^\S*__debug_bin/ },
} as const;
type PhaseOfLaunch = keyof typeof phases;

describe("the end of the extension host at each phase of a launch, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;
  let url = "";
  const figures: string[] = [];

  before("set up VS Code, Go, Delve and the extension", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor({ prepare: furnish });
    page = doctor.page;
    url = page.url();
    // A window that is closed asks nothing here: what a person answers then is theirs.
    page.on("dialog", (dialog) => void dialog.accept());
    await toggleBreakpoint(page, "hello/hello.go", 8);
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", async () => {
    if (figures.length > 0) console.log(figures.map((line) => `      ${line}`).join("\n"));
    await doctor?.close();
  });

  const host = () => doctor.pids(/--type=extensionHost/);
  const left = () => [
    ...doctor.server.processes().filter(({ command }) => started.test(command)),
    ...readdirSync(doctor.folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.includes("__debug_bin"))
      .map((command) => ({ pid: 0, command })),
  ];

  /** Launches up to a phase, does what ends the extension host, and waits until nothing of the launch is left. */
  const endAt = async (phase: PhaseOfLaunch, what: string, act: () => Promise<void>) => {
    const { name, sign } = phases[phase];
    await startNamed(page, name);
    if (phase === "stopped") await untilStopped(page);
    await until(`${name} in ${phase}`, async () => doctor.pids(sign).length > 0);
    const from = performance.now();
    await act();
    const clean = async () => left().length === 0;
    await until(`nothing left of ${name} after ${what}`, clean, cleanMs).catch((error) => {
      throw new Error(`${String(error)} ${JSON.stringify(left())}`);
    });
    figures.push(`${what}, ${phase}: clean after ${Math.round(performance.now() - from)} ms`);
  };
  const reload = async () => {
    await page.reload();
    await page.locator(".monaco-workbench").waitFor();
  };

  it("leaves nothing when its window is reloaded", async () => {
    for (const phase of ["stuck", "stopped"] as const) {
      await endAt(phase, "reload of the window", reload);
      await untilLoaded(page, "hello/hello.go");
      await untilEnded(page);
    }
  });

  it("leaves nothing when its window is closed", async () => {
    for (const phase of ["start", "compiling"] as const) {
      await endAt(phase, "end of the window", async () => void (await page.goto("about:blank")));
      await page.goto(url);
      await untilLoaded(page, "hello/hello.go");
    }
  });

  it("leaves nothing when it is killed, and the next launch works", async () => {
    const kill = async () => {
      for (const pid of host()) process.kill(pid, "SIGKILL");
    };
    for (const phase of ["stuck", "stopped"] as const) {
      await endAt(phase, "kill -9 of the extension host", kill);
      await page.goto(url);
      await untilLoaded(page, "hello/hello.go");
    }
    await startNamed(page, "Hello");
    assert.deepEqual(await untilStopped(page), { file: "hello.go", line: 8 });
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });
});

/** A dlv that does not come to listen where a configuration says so, and one more configuration. */
async function furnish(folder: string): Promise<void> {
  mkdirSync(join(folder, "bin"));
  const dlv = join(folder, "bin", "dlv");
  const text = `#!/bin/sh\n[ -n "$SLOW" ] && [ "$1" = dap ] && exec sleep 1003\nexec ${await needDelve()} "$@"\n`;
  writeFileSync(dlv, text, { mode: 0o755 });
  const settings = { "go.alternateTools": { dlv }, "files.autoSave": "off" };
  writeFileSync(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
  const file = join(folder, ".vscode", "launch.json");
  const slow = { name: "Slow dlv", type: "go", request: "launch", mode: "debug" };
  const more = JSON.stringify({ ...slow, program: "${workspaceFolder}/hello", env: { SLOW: "1" } });
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace('"configurations": [', `"configurations": [\n    ${more},`),
  );
}
