import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BlackHole, blackHole } from "../../../test/lab/blackHole.ts";
import { launchOf } from "../../../test/lab/judge.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { greetingFiles, type ModuleProxy, moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { go } from "../../../test/lab/tools.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { goLockHeld } from "./goLockHeld.ts";

describe("a lock of the module cache that another go has", function () {
  this.timeout(240_000);
  const lab = makeFolder(greetingFiles);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];
  let env: Record<string, string> = {};
  let working: ModuleProxy;
  let hole: BlackHole;
  let other: ChildProcess | undefined;

  before(async function () {
    if (!existsSync("/proc/locks")) skip(this, "this kernel lists no locks");
    await warmCache();
    [working, hole] = [await moduleProxy(), await blackHole()];
    env = await labEnv({ GOMODCACHE: join(folder, "cache"), GOFLAGS: "-modcacherw", GOPROXY: working.url });
  });

  after(async () => {
    other?.kill("SIGKILL");
    await working?.close();
    await hole?.close();
    lab.remove();
  });

  it("is named with its owner, and the launch goes on once that is ended", async () => {
    other = spawn(await go(), ["list", "-deps", "."], {
      cwd: folder,
      env: { ...process.env, ...env, GOPROXY: hole.url },
      stdio: "ignore",
    });
    const ended = once(other, "exit");
    const pid = other.pid ?? 0;
    await until(
      () => readFileSync("/proc/locks", "utf8").includes(`WRITE ${pid} `),
      "the other go has its lock",
    );
    const config = debugConfig(folder, env);
    const result = await labLaunch({ config, folder, breakpoints, stallAfter: 1500 });
    assert.equal(result.ended, "stalled");
    const finding = named(result, "go-lock-held", "proven");
    assert.match(finding.because, new RegExp(`v1\\.0\\.0\\.lock.* list -deps \\. \\(pid ${pid}\\)`));
    assert.match(finding.evidence.join("\n"), /locks_lock|FLOCK/);

    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    const [program = "", ...args] = action.argv;
    execFileSync(program, args);
    await ended;
    cured(finding, await labLaunch({ config, folder, breakpoints }));
    // The pid is gone, or somebody else's: nothing may be ended.
    assert.throws(() => execFileSync(program, args, { stdio: "pipe" }), /no longer/);
  });

  it("takes an owner for busy whose child is at work", async () => {
    const file = join(folder, "busy.lock");
    const words = [
      "-c",
      'exec 9>"$0"; flock 9; : >"$0.held"; { exec 9>&-; while :; do :; done; } & wait',
      file,
    ];
    const owner = spawn("sh", words, { detached: true, stdio: "ignore" });
    const locks = (text: RegExp) => () => text.test(readFileSync("/proc/locks", "utf8"));
    let waiter: ChildProcess | undefined;
    try {
      await until(() => existsSync(`${file}.held`), "the owner has the lock");
      waiter = spawn("flock", [file, "true"], { stdio: "ignore" });
      const pid = waiter.pid ?? 0;
      await until(locks(new RegExp(`-> FLOCK .* ${pid} `)), "the other waits for it");
      const process = { pid, ppid: 1, name: "go", argv: [], state: "S", cpuMs: 0 };
      const still = { current: "build", idleMs: 4000, last: { processes: [process] } } as const;
      const { findings } = await examine(localHost, launchOf({}, still), [goLockHeld]);
      assert.match(findings[0]?.evidence.join("\n") ?? "", new RegExp(`\\(pid ${owner.pid}\\).*: at work$`));
    } finally {
      waiter?.kill("SIGKILL");
      if (owner.pid !== undefined) globalThis.process.kill(-owner.pid, "SIGKILL");
    }
  });

  it("is clear where a lock file lies about that nobody has locked", async () => {
    const result = await labLaunch({ config: debugConfig(folder, env), folder, breakpoints });
    assert.ok(existsSync(join(folder, "cache/cache/download/example.com/greeting/@v/v1.0.0.lock")));
    silent(result, "lock files of earlier downloads");
  });
});
