import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../src/core/host.ts";
import { localHost } from "../../src/hosts/local.ts";
import { type LabResult, labLaunch } from "./launch.ts";
import { labEnv, makeFolder } from "./module.ts";
import { type LabProcess, startProcess } from "./server.ts";
import { dlv, go } from "./tools.ts";

/** What runs a program as a root without any of root's rights: what it executes gets none either (SECBIT_NOROOT). */
export const powerless = ["setpriv", "--securebits=+noroot", "--bounding-set=-all", "--inh-caps=-all"];

/** Why rights cannot be taken away here, in words; undefined where they can. */
export function noSetpriv(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "only Linux's root can change its rights";
  try {
    execFileSync("setpriv", [...powerless.slice(1), "true"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "setpriv may not take rights away here";
  }
}

/** Set for what is behind a prefix already: rights can be taken away only once. */
const inside = "DELVE_DOCTOR_LAB_INSIDE";

/** This machine as it looks to what runs behind `prefix`. */
export function hostThrough(prefix: readonly string[]): Host {
  if (prefix.length === 0) return localHost;
  return {
    ...localHost,
    run: (command, limits) =>
      localHost.run({ ...command, argv: [...prefix, "env", `${inside}=1`, ...command.argv] }, limits),
  };
}

/** Writes a script into `folder` that runs dlv, or a copy of it, behind `prefix`; returns its path. */
export async function wrapBehind(folder: string, prefix: readonly string[], copy?: string): Promise<string> {
  if (prefix.length === 0) return dlv();
  const script = join(folder, "dlv-wrapper");
  const run = `'${copy ?? (await dlv())}' "$@"`;
  const lines = ["#!/bin/sh", `[ -n "$${inside}" ] && exec ${run}`, `exec ${prefix.join(" ")} ${run}`, ""];
  writeFileSync(script, lines.join("\n"), { mode: 0o755 });
  return script;
}

/** A Go program that sleeps, for a debugger to attach to or to launch; line 6 is where it does. */
export interface Attaching {
  readonly folder: string;
  readonly program: string;
  readonly breakpoints: readonly { readonly file: string; readonly line: number }[];
  /** Starts a program that `end` ends. */
  start(argv: readonly string[]): Promise<LabProcess>;
  /** Attaches with a dlv behind `prefix`; the host of the questions is behind it as well. */
  attach(pid: number, prefix?: readonly string[]): Promise<LabResult>;
  /** Launches the program itself (mode exec), until it stops at its line. */
  launch(more?: Readonly<Record<string, unknown>>, prefix?: readonly string[]): Promise<LabResult>;
  /** A script that runs dlv, or a copy of it, behind `prefix`. */
  wrap(prefix: readonly string[], copy?: string): Promise<string>;
  /** Ends what was started. */
  end(): Promise<void>;
  remove(): void;
}

/** Builds the program in a folder of its own. */
export async function attaching(): Promise<Attaching> {
  const lab = makeFolder({
    "go.mod": "module example.com/sleeper\n\ngo 1.25\n",
    "main.go": 'package main\n\nimport "time"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n',
  });
  const { folder } = lab;
  const program = join(folder, "sleeper");
  const env = await labEnv();
  execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const started: LabProcess[] = [];
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const common = { name: "lab", type: "go", env };

  const wrap = (prefix: readonly string[], copy?: string) => wrapBehind(folder, prefix, copy);
  return {
    folder,
    program,
    breakpoints,
    wrap,
    async start(argv) {
      const one = await startProcess(argv, folder);
      started.push(one);
      return one;
    },
    async attach(processId, prefix = []) {
      const config = { ...common, request: "attach", mode: "local", processId };
      const dlvToolPath = await wrap(prefix);
      return labLaunch({ config: { ...config, dlvToolPath }, folder, host: hostThrough(prefix) });
    },
    async launch(more = {}, prefix = []) {
      const config = { ...common, request: "launch", mode: "exec", program, __buildDir: folder };
      const dlvToolPath = await wrap(prefix);
      const host = hostThrough(prefix);
      return labLaunch({ config: { ...config, dlvToolPath, ...more }, folder, breakpoints, host });
    },
    async end() {
      for (const one of started.splice(0)) await one.end();
    },
    remove: () => lab.remove(),
  };
}
