import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import type { Verdicts } from "../../core/finding.ts";

describe("a process that a signal has stopped", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];

  before(warmCache.bind(undefined, undefined));
  after(lab.remove);

  /** A program that stops itself when it is asked for `word` first, and goes on as `path`. */
  function stopping(name: string, word: string, path: string): string {
    const file = join(folder, name, name);
    const once = `[ "$1" = ${word} ] && [ ! -e ${file}.was ] && : >${file}.was && kill -STOP $$`;
    lab.write(`${name}/${name}`, `#!/bin/sh\n${once}\nexec ${path} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Runs the command of the preferred fix, as it is. */
  function carryOut({ findings }: Verdicts): void {
    const { action } = preferredFix(findings[0]);
    assert.equal(action.kind, "command");
    const [program = "", ...words] = action.kind === "command" ? action.argv : [];
    execFileSync(program, words);
  }

  it("is proven where it is go, and the command lets the same launch reach its stop", async () => {
    const env = await labEnv();
    stopping("go", "build", await go());
    const PATH = `${join(folder, "go")}:${env["PATH"]}`;
    const config = debugConfig(folder, { ...env, PATH });
    const stalled = await labLaunch({ config, folder, breakpoints, stallAfter: 3000, heal: carryOut });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "stopped-process", "proven");
    assert.match(finding.because, /^A signal has stopped go \(pid \d+\)/);
    assert.match(finding.evidence.join("\n"), /in state T, no tracer, in do_signal_stop/);
    assert.ok(stalled.healed);
    cured(finding, stalled.healed);
  });

  it("is proven where it is dlv itself", async () => {
    const config = debugConfig(folder, await labEnv());
    const stalled = await labLaunch({
      config,
      folder,
      breakpoints,
      dlv: stopping("dlv", "dap", await dlv()),
      stallAfter: 3000,
      heal: carryOut,
    });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "stopped-process", "proven");
    assert.equal(finding.explains?.phase, "start");
    assert.ok(stalled.healed);
    cured(finding, stalled.healed);
  });
});
