import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

const c = `package main

// static int one(void) { return 1; }
import "C"

func main() {
	println(C.one())
}
`;

describe("cgo without a C compiler", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    "go.mod": helloFiles["go.mod"] ?? "",
    "main.go": 'package main\n\nimport "os/user"\n\nfunc main() {\n\tprintln(user.Current())\n}\n',
    "c/main.go": c,
  });
  const { folder } = lab;
  let env: Record<string, string> = {};

  before(async () => {
    await needDebian("gcc", "libc6-dev");
    await warmCache();
    // A PATH with go and a shell, as a slim image has it: nothing else of /usr/bin.
    mkdirSync(join(folder, "bin"));
    symlinkSync("/bin/sh", join(folder, "bin", "sh"));
    env = await labEnv({ PATH: `${dirname(await go())}:${join(folder, "bin")}` });
  });
  after(() => lab.remove());

  const launch = (config: Readonly<Record<string, unknown>>, dir = folder, line = 6) =>
    labLaunch({ config, folder, breakpoints: [{ file: join(dir, "main.go"), line }] });

  it("is named where only the standard library uses C, and CGO_ENABLED=0 reaches the stop", async () => {
    const config = debugConfig(folder, { ...env, CGO_ENABLED: "1" });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "cgo-no-c-compiler", "proven");
    assert.match(finding.evidence.join("\n"), /cgo files in .*os\/user/);
    assert.match(finding.evidence.join("\n"), /C compiler "gcc" not found/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("is named where go turned cgo off by itself, and the compiler elsewhere reaches the stop", async () => {
    const dir = join(folder, "c");
    const config = debugConfig(dir, env);
    const finding = named(await launch(config, dir, 7), "cgo-no-c-compiler", "proven");
    assert.match(finding.evidence.join("\n"), /build constraints exclude all Go files/);
    const fixed = fixedConfig(config, finding);
    // gcc itself looks for its assembler and linker on PATH.
    const own = { ...(fixed["env"] as object), PATH: `${env["PATH"]}:${process.env["PATH"]}` };
    cured(finding, await launch({ ...fixed, env: own }, dir, 7));
  });

  it("is silent where no package uses C", async () => {
    lab.write("plain/main.go", helloFiles["main.go"] ?? "");
    const dir = join(folder, "plain");
    silent(await launch(debugConfig(dir, env), dir), "no C compiler, and nothing that needs one");
  });
});
