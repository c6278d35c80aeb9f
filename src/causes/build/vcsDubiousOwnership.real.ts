import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { go } from "../../../test/lab/tools.ts";

/** A user that owns nothing else: no account is needed to own a file. */
const stranger = 54321;

describe("a repository of another user", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const home = join(folder, "home");
  let env: Record<string, string> = {};

  before(async function () {
    if (process.getuid?.() !== 0) skip(this, "only root can give a directory to another user");
    await needDebian("git");
    await warmCache();
    // A home of its own, so that no safe.directory of the machine's user counts and none is left behind.
    mkdirSync(home);
    env = await labEnv({ HOME: home, GOCACHE: await cacheOf(), GIT_CONFIG_NOSYSTEM: "1" });
    git("init", "-q");
    git("add", "go.mod", "main.go");
    git("-c", "user.name=lab", "-c", "user.email=lab@localhost", "commit", "-q", "-m", "lab");
  });

  after(() => lab.remove());

  function git(...args: readonly string[]): void {
    execFileSync("git", args, { cwd: folder, env: { ...process.env, HOME: home } });
  }

  async function cacheOf(): Promise<string> {
    return execFileSync(await go(), ["env", "GOCACHE"], { encoding: "utf8" }).trim();
  }

  function own(user: number): void {
    chownSync(folder, user, user);
    for (const path of readdirSync(join(folder, ".git"), { recursive: true, encoding: "utf8" }))
      chownSync(join(folder, ".git", path), user, user);
    chownSync(join(folder, ".git"), user, user);
  }

  it("finds nothing while it belongs to the user who builds", async () => {
    const result = await labLaunch({ config: debugConfig(folder, env), folder, breakpoints });
    silent(result, "finds nothing while it belongs to the user who builds");
  });

  for (const buildFlags of [undefined, "-tags=lab", ["-tags=lab", "-buildvcs=true"]])
    it(`is named with git's own words, and its fix reaches the stop (buildFlags ${JSON.stringify(buildFlags)})`, async () => {
      own(stranger);
      const config = debugConfig(folder, env, buildFlags === undefined ? {} : { buildFlags });
      const result = await labLaunch({ config, folder, breakpoints });
      assert.equal(result.ended, "failed");
      const finding = named(result, "vcs-dubious-ownership", "proven");
      assert.match(finding.because, new RegExp(`${folder}: it belongs to user ${stranger}`));
      assert.match(finding.evidence.join("\n"), /detected dubious ownership/);

      const relaunched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
      cured(finding, relaunched);
    });

  it("is clear after its command, and found again after its undo", async () => {
    own(stranger);
    const config = debugConfig(folder, env);
    const findings = async () => (await labLaunch({ config, folder, breakpoints })).verdicts.findings;
    const fix = (await findings())[0]?.fixes.find(({ id }) => id === "vcs-dubious-ownership/trust");
    assert.ok(fix?.action.kind === "command" && fix.action.undo !== undefined);
    const run = ([program = "", ...args]: readonly string[]) =>
      execFileSync(program, args, { env: { ...process.env, HOME: home } });
    run(fix.action.argv);
    assert.deepEqual(await findings(), []);
    run(fix.action.undo);
    assert.equal((await findings())[0]?.cause, "vcs-dubious-ownership");
  });

  it("leaves a damaged repository alone: exit status 128 has more than one reason", async () => {
    own(0);
    lab.write(".git/HEAD", "");
    const result = await labLaunch({ config: debugConfig(folder, env), folder, breakpoints });
    assert.deepEqual(
      result.verdicts.findings.filter(({ cause }) => cause === "vcs-dubious-ownership"),
      [],
    );
  });
});
