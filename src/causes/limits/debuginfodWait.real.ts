import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { blackHole, type TiringHole } from "../../../test/lab/blackHole.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";
import type { ProcessSample } from "../../core/process.ts";

/** A library without debug information of its own, as a distribution delivers them, and line 9 to stop at. */
const files = {
  "go.mod": "module example.com/c\n\ngo 1.25\n",
  "lib/one.c": "int one(void) { return 1; }\n",
  "main.go": `package main

// int one(void);
import "C"

import "fmt"

func main() {
	fmt.Println("hello", C.one())
}
`,
};

const isAsking = ({ name, sockets }: ProcessSample) => name === "debuginfod-find" && sockets !== undefined;

describe("a debuginfod server that never answers", function () {
  this.timeout(300_000);
  const lab = makeFolder(files);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 9 }];
  let env: Record<string, string> = {};
  let hole: TiringHole;

  before(async () => {
    await needDebian("debuginfod", "gcc", "libc6-dev");
    await warmCache();
    const [library, options] = [join(folder, "libone.so"), { cwd: folder, env: { ...process.env } }];
    execFileSync("gcc", ["-shared", "-s", "-Wl,--build-id", "-o", library, "lib/one.c"], options);
    env = await labEnv({ CGO_ENABLED: "1", CGO_LDFLAGS: `${library} -Wl,-rpath,${folder}` });
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", "app", "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    execFileSync("strip", ["-o", "bare", "app"], options);
  });
  beforeEach(async () => {
    hole = await blackHole();
  });
  afterEach(() => hole.close());
  after(lab.remove);

  /** Lets debuginfod-find give up, and dlv go on: it would wait 90 s for each library. */
  const heal = () => hole.hangUp();

  const config = (app: string) => ({
    ...debugConfig(folder, { ...env, HOME: folder, DEBUGINFOD_URLS: `${hole.url}/` }),
    mode: "exec",
    program: join(folder, app),
  });

  it("is proven at the first stop of a program with a C library, and without it the launch reaches that stop", async () => {
    const stuck = await labLaunch({
      config: config("app"),
      folder,
      breakpoints,
      enough: ({ timeline: { last } }) => last?.processes.some(isAsking) === true,
      meanwhile: async (launch) => {
        while (launch().timeline.idleMs < 3000) await pause(100);
      },
      heal,
    });
    assert.equal(stuck.ended, "enough", JSON.stringify(stuck.launch.timeline));
    const finding = named(stuck, "debuginfod-wait", "proven");
    assert.match(finding.because, /\(pid \d+\), which has had no answer from 127\.0\.0\.1:\d+ for \d/);
    assert.match(finding.evidence.join("\n"), /its connection to 127\.0\.0\.1:\d+: ESTABLISHED, 0 bytes/);

    const fixed = fixedConfig(config("app"), finding);
    cured(finding, await labLaunch({ config: fixed, folder, breakpoints }));
  });

  it("is proven where the program itself is stripped: its load stalls", async () => {
    const stalled = await labLaunch({ config: config("bare"), folder, stallAfter: 3000, heal });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "debuginfod-wait", "proven", ["no-debug-info"]);
    assert.equal(finding.explains?.phase, "load");
  });
});
