import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

const c = `package main

// static int one(void) { return 1; }
import "C"

func main() {
	println(C.one())
}
`;

/** The check of glibc's own features.h, which Debian takes out of it and other distributions leave in. */
const check = `#if defined _FORTIFY_SOURCE && _FORTIFY_SOURCE > 0 && !defined __OPTIMIZE__
# warning _FORTIFY_SOURCE requires compiling with optimization (-O)
#endif
`;

describe("a C compiler that hardens every file", function () {
  this.timeout(240_000);
  const lab = makeFolder({ "go.mod": helloFiles["go.mod"] ?? "", "main.go": c, "cc/check.h": check });
  const { folder } = lab;
  const cc = join(folder, "cc/gcc");
  let env: Record<string, string> = {};

  before(async () => {
    await needDebian("gcc", "libc6-dev");
    await warmCache();
    env = await labEnv({ CGO_ENABLED: "1" });
    // As Nix wraps its compiler: the macro for every file, before the caller's own flags.
    const wrapper = `exec /usr/bin/gcc -D_FORTIFY_SOURCE=2 "$@" -include ${join(folder, "cc/check.h")}`;
    lab.write(
      "cc/gcc",
      `#!/bin/sh\n# No file is compiled where gcc only links.\ncase " $* " in *" -c "*|*" -E "*) ${wrapper} ;; *) exec /usr/bin/gcc "$@" ;; esac\n`,
    );
    chmodSync(cc, 0o755);
  });
  after(() => lab.remove());

  const launch = (config: Readonly<Record<string, unknown>>) =>
    labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 7 }] });

  it("is named, and CGO_CFLAGS of its own reach the stop", async () => {
    const config = debugConfig(folder, { ...env, CC: cc });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "cgo-o0-fortify", "proven");
    assert.match(finding.evidence.join("\n"), /the same with -U_FORTIFY_SOURCE: accepted/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("is silent where the compiler is gcc itself", async () => {
    silent(await launch(debugConfig(folder, env)), "cgo with a compiler that takes -O0");
  });
});
