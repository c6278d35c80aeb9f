import assert from "node:assert/strict";
import { join } from "node:path";
import { needDebian } from "../../scripts/setup/debian.ts";
import { launchOf } from "../../test/lab/judge.ts";
import { makeFolder } from "../../test/lab/module.ts";
import { buildIn } from "../../test/lab/sources.ts";
import type { Host } from "../core/host.ts";
import { ask } from "../examine/ask.ts";
import { localHost } from "../hosts/local.ts";
import { dlvTrace } from "./dlvTrace.ts";

/** Stands in for a dlv whose program may not be executed: it reads its configuration first, as dlv does. */
const refused = `package main

import (
	"fmt"
	"os"
)

func main() {
	os.ReadFile(os.Getenv("XDG_CONFIG_HOME") + "/dlv/config.yml")
	fmt.Println("could not launch process: fork/exec /bin/true: permission denied")
	os.Exit(1)
}
`;

describe("dlv's own try to trace", function () {
  this.timeout(120_000);
  const lab = makeFolder({ "go.mod": "module example.com/dlv\n\ngo 1.25\n", "main.go": refused });
  const dlv = join(lab.folder, "dlv");
  before(async () => {
    await needDebian("strace");
    await buildIn(lab.folder, dlv);
  });
  after(() => lab.remove());

  it("leaves whoever traces all of us alone", async () => {
    const strace = ["strace", "-f", "-qq", "-o", "/dev/null"];
    const traced: Host = {
      ...localHost,
      run: ({ argv, ...command }, limits) =>
        localHost.run({ ...command, argv: [...strace, ...argv] }, limits),
    };
    const launch = { ...launchOf({}), dlv, folder: lab.folder, cwd: lab.folder };
    const fact = (await ask(traced, launch, new Set([dlvTrace]))).get(dlvTrace);
    assert.ok(fact !== undefined && "value" in fact, JSON.stringify(fact));
    const { outcome, attach, rules } = fact.value as ReturnType<typeof dlvTrace.read>;
    assert.deepEqual([outcome, attach], ["EACCES", undefined]);
    assert.ok((rules?.tracer ?? 0) > 0);
  });
});
