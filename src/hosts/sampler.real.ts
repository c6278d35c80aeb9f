import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { blackHole } from "../../test/lab/blackHole.ts";
import { makeFolder } from "../../test/lab/module.ts";
import { shTransport } from "../../test/lab/shTransport.ts";
import { go } from "../../test/lab/tools.ts";
import type { Sample } from "../core/process.ts";
import { type Machine, machineOver } from "./machine.ts";
import { sampleTree } from "./procfs.ts";
import { followTree } from "./sampler.ts";

/** What of a sample does not change from one moment to the next. */
function shape({ processes }: Sample) {
  return processes.map(({ pid, ppid, name, argv, sockets }) => ({ pid, ppid, name, argv, sockets }));
}

for (const sh of [["dash"], ["busybox", "sh"]]) {
  describe(`a sampler whose sh is ${sh.join(" ")}`, () => {
    let machine: Machine;
    before(async () => {
      machine = await machineOver(shTransport(sh));
    });
    after(() => machine.close());

    it("sees what a local look sees: a go that waits for a module proxy, and its connection", async () => {
      const hole = await blackHole();
      const { folder, remove } = makeFolder({
        "go.mod": "module example.com/app\n\ngo 1.22\n\nrequire example.com/lib v1.0.0\n",
        "main.go": 'package main\n\nimport _ "example.com/lib"\n\nfunc main() {}\n',
      });
      const env = {
        GOPROXY: hole.url,
        GOFLAGS: "-mod=mod",
        GONOSUMDB: "*",
        GONOSUMCHECK: "1",
        GOMODCACHE: `${folder}/mod`,
        GOCACHE: `${folder}/cache`,
        GOTOOLCHAIN: "local",
      };
      const running = await machine.start({
        argv: ["sh", "-c", `'${await go()}' build . & wait`],
        cwd: folder,
        env,
        graceMs: 500,
      });
      running.stdout.resume();
      const sampler = followTree(machine, running.pid);
      let there: Sample = { processes: [] };
      for (let tries = 0; tries < 400; tries += 1) {
        there = sampler.sample();
        if (there.processes.some(({ sockets }) => sockets?.[0]?.state === "ESTABLISHED")) break;
        await sleep(50);
      }
      assert.deepEqual(shape(there), shape(sampleTree(running.pid)));
      const waiting = there.processes.find(({ name }) => name === "go");
      assert.equal(waiting?.argv[1], "build");
      assert.equal(waiting.sockets?.[0]?.remote, hole.url.replace("http://", ""));
      assert.ok((waiting.ioBytes ?? 0) > 0);
      running.interrupt();
      await running.ended;
      sampler.stop();
      await hole.close();
      remove();
    });
  });
}
