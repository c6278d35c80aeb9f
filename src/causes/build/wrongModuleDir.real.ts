import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { type LabResult, labLaunch } from "../../../test/lab/launch.ts";
import {
  debugConfig,
  helloFiles,
  type LabFolder,
  labEnv,
  makeFolder,
  warmCache,
} from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";
import type { Finding } from "../../core/finding.ts";

const main = helloFiles["main.go"] ?? "";
const module = (name: string) => `module example.com/${name}\n\ngo 1.25\n`;

describe("a build outside the program's module", function () {
  this.timeout(240_000);
  let lab: LabFolder;
  let env: Record<string, string> = {};

  before(() => warmCache());
  beforeEach(async () => {
    env = await labEnv({ GOPROXY: "off" });
  });
  afterEach(() => lab.remove());

  const launch = (config: Readonly<Record<string, unknown>>, program: string) =>
    labLaunch({ config, folder: lab.folder, breakpoints: [{ file: join(program, "main.go"), line: 6 }] });

  /** The only finding, proven and with go's own words. */
  function only(result: LabResult, words: RegExp) {
    assert.equal(result.ended, "failed");
    const finding = named(result, "wrong-module-dir", "proven");
    assert.match(finding.evidence.join("\n"), words);
    return finding;
  }

  async function mended(finding: Finding, config: Readonly<Record<string, unknown>>, program: string) {
    cured(finding, await launch(config, program));
  }

  async function act(finding: Finding): Promise<void> {
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    const [program = "", ...args] = action.argv;
    const cwd = action.cwd ?? lab.folder;
    execFileSync(program === "go" ? await go() : program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
  }

  it("is found in a folder without go.mod, and is clear once there is one", async () => {
    lab = makeFolder({ "main.go": main });
    const config = debugConfig(lab.folder, env);
    const finding = only(await launch(config, lab.folder), /GOMOD=\/dev\/null/);
    await act(finding);
    await mended(finding, config, lab.folder);
  });

  it("points at the only main package of a folder above its module", async () => {
    lab = makeFolder({ "app/go.mod": module("app"), "app/main.go": main });
    const finding = only(await launch(debugConfig(lab.folder, env), lab.folder), /go\.mod file not found/);
    const { program } = fixedConfig(debugConfig(lab.folder, env), finding);
    assert.equal(program, "${workspaceFolder}/app");
    await mended(finding, debugConfig(join(lab.folder, "app"), env), join(lab.folder, "app"));
  });

  it("is found where go.work leaves the module out; its fix adds it, and its undo takes it out", async () => {
    lab = makeFolder({
      "go.work": "go 1.25\n\nuse ./a\n",
      "a/go.mod": module("a"),
      "a/main.go": main,
      "b/go.mod": module("b"),
      "b/main.go": main,
    });
    const program = join(lab.folder, "b");
    const config = debugConfig(program, env);
    const finding = only(await launch(config, program), /GOWORK=.*go\.work/);
    assert.match(finding.because, /go\.work leaves out the module of .*\/b\/go\.mod/);
    await act(finding);
    await mended(finding, config, program);
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command" && action.undo !== undefined && action.cwd !== undefined);
    const [, ...undo] = action.undo;
    execFileSync(await go(), undo, { cwd: action.cwd, env: { ...process.env, ...env } });
    only(await launch(config, program), /go\.work/);
  });

  it("is found where dlvCwd lies in another module; removing it reaches the stop", async () => {
    lab = makeFolder({
      "a/go.mod": module("a"),
      "a/main.go": main,
      "b/go.mod": module("b"),
      "b/main.go": main,
    });
    const program = join(lab.folder, "b");
    const config = debugConfig(program, env, { dlvCwd: join(lab.folder, "a") });
    const finding = only(await launch(config, program), /outside main module/);
    await mended(finding, fixedConfig(config, finding), program);
  });

  it("is found where GO111MODULE=off; removing it reaches the stop", async () => {
    const using = main
      .replace('import "fmt"', 'import (\n\t"fmt"\n\t"example.com/hello/word"\n)')
      .replace('"hello"', "word.It");
    lab = makeFolder({
      ...helloFiles,
      "main.go": using,
      "word/word.go": 'package word\n\nconst It = "hello"\n',
    });
    const config = debugConfig(lab.folder, { ...env, GO111MODULE: "off" }, { program: "." });
    const finding = only(await launch(config, lab.folder), /GO111MODULE=off/);
    const fixed = fixedConfig(config, finding);
    const result = await labLaunch({ config: fixed, folder: lab.folder, goal: "exit" });
    cured(finding, result, "exited");
  });

  it("finds nothing where a single file without a module builds", async () => {
    lab = makeFolder({ "main.go": main });
    const config = { ...debugConfig(lab.folder, env), program: join(lab.folder, "main.go") };
    silent(await launch(config, lab.folder), "a single file without a module");
  });

  it("leaves a workspace behind a symbolic link alone", async () => {
    lab = makeFolder({ "real/go.mod": module("a"), "real/main.go": main });
    symlinkSync(join(lab.folder, "real"), join(lab.folder, "link"));
    const config = { ...debugConfig(join(lab.folder, "real"), env), program: join(lab.folder, "link") };
    const { verdicts } = await launch(config, join(lab.folder, "real"));
    assert.deepEqual(
      verdicts.findings.filter(({ cause }) => cause === "wrong-module-dir"),
      [],
    );
  });
});
