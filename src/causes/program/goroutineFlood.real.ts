import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { needDelve } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { dapClient } from "../../../test/dap/client.ts";
import { labEnv, makeFolder } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { planned } from "../../core/launch.ts";
import { firstUsual } from "../../core/usual.ts";
import { localHost } from "../../hosts/local.ts";
import { here } from "../../remote/place.ts";
import { openSession } from "../../session/session.ts";
import { causes } from "../index.ts";

/** The Go of that Delve's time, and the Delve that the fix installs for it. */
const old = { delve: "v1.6.0", go: "go1.16.15" };
const newer = { delve: "v1.8.3", go: "go1.18.10" };

/** Stops at line 21 with as many goroutines as its argument says, all asleep. */
const source = `package main

import (
	"os"
	"strconv"
	"sync"
)

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	never := make(chan int)
	var begun sync.WaitGroup
	begun.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			begun.Done()
			<-never
		}()
	}
	begun.Wait()
	println("all there")
}
`;

describe("a program with very many goroutines", function () {
  this.timeout(600_000);
  const lab = makeFolder({ "go.mod": "module example.com/flood\n\ngo 1.16\n", "main.go": source });
  const { folder } = lab;
  const program = join(folder, "flood");
  let env: Record<string, string> = {};
  before(async () => {
    env = await labEnv();
    execFileSync(await needToolchain(old.go), ["build", "-gcflags=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env, CGO_ENABLED: "0" },
    });
  });
  after(() => lab.remove());

  /** Goes to the stop and asks for the goroutines, as an editor does. */
  async function stopAndList(dlvToolPath: string, count: number) {
    const [near, far] = duplexPair();
    const config = { request: "launch", mode: "exec", program, args: [String(count)], dlvToolPath, env };
    const session = openSession(far, {
      ...{ planned: planned(config, folder), ...here, near: localHost, usual: firstUsual },
    });
    const client = dapClient(near);
    try {
      await client.initialize();
      const launched = client.send("launch", { mode: "exec", program, args: [String(count)] });
      await client.event("initialized");
      await client.request("setBreakpoints", {
        ...{ source: { path: join(folder, "main.go") }, breakpoints: [{ line: 21 }] },
      });
      await client.request("configurationDone");
      await client.response(launched);
      await client.event("stopped");
      client.send("threads");
      // The client parses no message that is this long.
      const list = () => session.launch().timeline.goroutines;
      await until(() => list()?.count !== undefined, "the list of goroutines");
      const { ms = 0, count: listed = 0 } = list() ?? {};
      const ended = session.launch().timeline.outcome ?? "running";
      const verdicts = await session.diagnose(causes);
      await client.request("disconnect", { terminateDebuggee: true });
      return { ended, verdicts, listed, ms };
    } finally {
      client.close();
      await session.done;
    }
  }

  it("is proven by the time that their list takes, and stops at once with the Delve that the fix installs", async () => {
    const dlv = await needDelve(old.delve, old.go);
    const frozen = await stopAndList(dlv, 30_000);
    assert.ok(frozen.listed > 30_000, `${frozen.listed}`);
    const finding = named(frozen, "goroutine-flood", "proven");
    assert.match(
      finding.because,
      /^Delve 1\.6\.0 lists every goroutine at each stop: for 300\d\d it took \d/,
    );
    const again = await stopAndList(await needDelve(newer.delve, newer.go), 30_000);
    assert.ok(again.listed <= 1025 && again.ms < frozen.ms / 2, JSON.stringify(again));
    cured(finding, again);
    silent(await stopAndList(dlv, 3000), "a program with 3000 goroutines under an old Delve");
  });
});
