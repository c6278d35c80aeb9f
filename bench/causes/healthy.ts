import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { needDelve } from "../../scripts/setup/delve.ts";
import { needToolchain } from "../../scripts/setup/go.ts";
import { type LabOptions, labLaunch } from "../../test/lab/launch.ts";
import { debugConfig, labEnv } from "../../test/lab/module.ts";
import { observed } from "../../test/lab/score.ts";
import { startProcess } from "../../test/lab/server.ts";
import { dlv, go } from "../../test/lab/tools.ts";
import { firstLine, realModules, unpackModule } from "./programs.ts";
import { smallPrograms } from "./smallPrograms.ts";

/** A Delve with the Go it debugs with. */
interface Pair {
  readonly name: string;
  readonly dlv: string;
  readonly go: string;
}

/** Old and new: each Delve with the newest Go of its time. */
export const oldPairs = [
  ["v1.21.2", "go1.21.13"],
  ["v1.23.1", "go1.23.12"],
  ["v1.25.2", "go1.25.5"],
] as const;

/**
 * Launches of programs that have nothing wrong with them, each to its stop, and examined there with every cause: exec, debug, test
 * and attach; small programs of our own with old and new Delve, well-known modules with the newest. What each came to is
 * written to the score. Builds are made once before, so that a first build, which is rightly called slow, is not among them.
 */
export async function healthyLaunches(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "delve-doctor-healthy-"));
  const newest: Pair = { name: "newest", dlv: await dlv(), go: await go() };
  try {
    for (const pair of [newest, ...(await Promise.all(oldPairs.map(pairOf)))])
      for (const [name, program] of Object.entries(smallPrograms)) {
        const dir = join(folder, `${pair.name} ${name}`);
        for (const [path, text] of Object.entries(program.files)) {
          mkdirSync(dirname(join(dir, path)), { recursive: true });
          writeFileSync(join(dir, path), text);
        }
        const tests = program.tests === undefined ? {} : { tests: join(dir, program.tests) };
        await allModes(pair, `${name}, ${pair.name}`, { ...program, dir, ...tests });
      }
    for (const module of realModules) {
      const root = join(folder, module.at.replaceAll(/\W/g, "-"));
      await unpackModule(newest.go, module, root);
      const [dir, tests] = [join(root, module.main), join(root, module.test)];
      await allModes(newest, module.at, { dir, tests, env: {}, attach: false });
      rmSync(root, { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pairOf([version, goVersion]: readonly [string, string]): Promise<Pair> {
  return {
    name: `${version} with ${goVersion}`,
    dlv: await needDelve(version, goVersion),
    go: await needToolchain(goVersion),
  };
}

interface Program {
  readonly dir: string;
  readonly tests?: string;
  readonly env: Readonly<Record<string, string>>;
  /** True where it runs on and on, so that it can be attached to. */
  readonly attach: boolean;
}

async function allModes(pair: Pair, what: string, { dir, tests, env: more, attach }: Program): Promise<void> {
  const env = await labEnv({ ...more, PATH: [dirname(pair.go), process.env["PATH"] ?? ""].join(delimiter) });
  const stop = firstLine(pair.go, dir, env);
  const built = (flags: readonly string[], name: string): string => {
    const path = join(dir, name);
    execFileSync(pair.go, ["build", ...flags, "-o", path, "."], {
      cwd: dir,
      env: { ...process.env, ...env },
    });
    return path;
  };
  const one = async (mode: string, options: Omit<LabOptions, "folder">) => {
    const result = await labLaunch({ ...options, folder: dir, dlv: pair.dlv, limitMs: 300_000 });
    observed(result, `${what}: ${mode}`, options.goal === "initialized" ? "initialized" : "stopped");
  };
  const debuggable = built(["-gcflags=all=-N -l"], "debuggable.bin");
  const prime = { ...process.env, ...env, CGO_CFLAGS: "-O0 -g" };
  execFileSync(pair.go, ["build", "-gcflags=all=-N -l", "-o", "/dev/null", "."], { cwd: dir, env: prime });
  const breakpoints = [stop];
  await one("debug", { config: debugConfig(dir, env), breakpoints });
  await one("debug again", { config: debugConfig(dir, env), breakpoints });
  await one("debug, stop on entry", { config: debugConfig(dir, env, { stopOnEntry: true }), goal: "stop" });
  await one("exec", { config: debugConfig(dir, env, { mode: "exec", program: debuggable }), breakpoints });
  if (tests !== undefined) {
    execFileSync(pair.go, ["test", "-c", "-gcflags=all=-N -l", "-o", "/dev/null", "."], {
      cwd: tests,
      env: prime,
    });
    const config = debugConfig(tests, env, { mode: "test" });
    await one("test", { config, breakpoints: [firstLine(pair.go, tests, env, true)] });
  }
  if (!attach) return;
  const target = await startProcess([debuggable], dir, env);
  try {
    const config = { name: "lab", type: "go", request: "attach", mode: "local", processId: target.pid, env };
    await one("attach", { config, goal: "initialized" });
  } finally {
    await target.end();
  }
}
