import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../../test/lab/go.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { type LabFolder, makeFolder } from "../../../test/lab/module.ts";
import { until } from "../../../test/lab/proxied.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { debuggeeOf } from "../../core/debuggee.ts";
import type { Launch } from "../../core/launch.ts";

const id = "debuggee-killed";

/** Stops at line 6, and then runs for as long as its argument says. */
const source = `package main

import ("fmt"; "os"; "time")

func main() {
	fmt.Println("begun")
	pause, _ := time.ParseDuration(os.Args[1])
	time.Sleep(pause)
}
`;

describe("a program or a dlv that is killed in the middle of a session", function () {
  this.timeout(240_000);
  let lab: LabFolder;
  let program = "";
  before(async () => {
    lab = makeFolder({ "go.mod": "module example.com/sleeper\n\ngo 1.21\n", "main.go": source });
    program = join(lab.folder, "sleeper");
    await build(lab.folder, program);
  });
  after(() => lab.remove());

  const options = (pause: string) => ({
    config: { type: "go", request: "launch", mode: "exec", program, args: [pause], __buildDir: lab.folder },
    folder: lab.folder,
  });
  const atStop = () => ({ ...options("1h"), breakpoints: [{ file: join(lab.folder, "main.go"), line: 6 }] });
  const pidOf = ({ timeline }: Launch) =>
    debuggeeOf(timeline)?.pid ?? assert.fail("the program was not seen");
  const state = (pid: number) => /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];

  it("is proven of a program at a stop by its zombie, and the next launch stops as it should", async () => {
    const killed = await labLaunch({
      ...atStop(),
      async meanwhile(launch) {
        const pid = pidOf(launch());
        process.kill(pid, "SIGKILL");
        await until("the program is a zombie", () => state(pid) === "Z");
      },
    });
    assert.equal(killed.ended, "stopped");
    const finding = named(killed, id, "proven");
    assert.match(finding.evidence[0] ?? "", /\/proc\/\d+\/stat: state Z, wait status 9 \(SIGKILL\)/);
    cured(finding, await labLaunch(atStop()));
  });

  it("is found of a program that ran, by the signal that Delve tells", async () => {
    let pid = 0;
    const killed = await labLaunch({
      ...options("1h"),
      goal: "exit",
      enough(launch) {
        if (pid > 0 || launch.timeline.current !== "run" || debuggeeOf(launch.timeline) === undefined)
          return false;
        pid = pidOf(launch);
        process.kill(pid, "SIGKILL");
        return false;
      },
    });
    assert.equal(killed.ended, "exited");
    const finding = named(killed, id, "likely");
    assert.match(finding.because, /^The program was killed by SIGKILL while it ran/);
    assert.match(finding.evidence[0] ?? "", /exit code -9/);
    cured(finding, await labLaunch({ ...options("1ms"), goal: "exit" }), "exited");
  });

  it("is found of a dlv that was killed at a stop", async () => {
    const killed = await labLaunch({
      ...atStop(),
      async meanwhile(launch) {
        process.kill(launch().timeline.dlv?.pid ?? assert.fail("no dlv"), "SIGKILL");
        await until("dlv's end is known", () => launch().timeline.dlv?.exit !== undefined);
      },
    });
    named(killed, id, "likely");
  });

  it("is not found where a program ends by itself", async () => {
    silent(await labLaunch({ ...options("1ms"), goal: "exit" }), "a program that ends by itself", "exited");
  });
});
