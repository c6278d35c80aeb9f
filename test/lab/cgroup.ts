import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { LabFolder } from "./module.ts";

/** The controllers that the lab sets limits with. */
export type Controller = "memory" | "pids" | "cpu";

/** A control group of the lab's own, in the hierarchy that this machine has. */
export interface LabCgroup {
  readonly dir: string;
  /** A line of sh that moves the shell into the group. */
  readonly enter: string;
  /** Lifts the limit. */
  lift(): void;
  /** Ends what is left in it and removes it. */
  remove(): Promise<void>;
}

/** The reason why no group with this controller can be made here, in words; undefined where one can. */
export function noCgroup(controller: Controller): string | undefined {
  const base = baseOf(controller);
  if (base === undefined) return `no cgroup hierarchy with the ${controller} controller is mounted here`;
  try {
    const probe = join(base.dir, `delve-doctor-${randomUUID()}`);
    mkdirSync(probe);
    const there = existsSync(join(probe, limitFile(controller, base.version)));
    rmdirSync(probe);
    return there ? undefined : `the ${controller} controller is not given to new groups in ${base.dir}`;
  } catch (error) {
    return `no cgroup can be made in ${base.dir}: ${String(error)}`;
  }
}

/** Makes a group with one limit: bytes of memory, a number of tasks, or the share of one CPU (0.2 is a fifth). */
export function makeCgroup(controller: Controller, limit: number): LabCgroup {
  const base = baseOf(controller);
  if (base === undefined) throw new Error(`no ${controller} controller here`);
  const dir = join(base.dir, `delve-doctor-${randomUUID()}`);
  mkdirSync(dir);
  const file = limitFile(controller, base.version);
  const set = (value: string) => writeFileSync(join(dir, file), value);
  const period = 100_000;
  const quota = String(Math.round(limit * period));
  set(controller !== "cpu" ? String(limit) : base.version === 1 ? quota : `${quota} ${period}`);
  return {
    dir,
    enter: `echo $$ >${dir}/cgroup.procs`,
    lift: () => set(base.version === 1 && controller !== "pids" ? "-1" : "max"),
    async remove() {
      for (let tries = 0; existsSync(dir); tries += 1) {
        for (const pid of readFileSync(join(dir, "cgroup.procs"), "utf8").split("\n").filter(Boolean))
          end(Number(pid));
        try {
          rmdirSync(dir);
        } catch (error) {
          if (tries > 100) throw error;
          await pause(50);
        }
      }
    },
  };
}

/** A program that stands in for dlv: it runs lines of sh first, such as entering a group, and then the real dlv. */
export function wrapDlv(lab: LabFolder, lines: readonly string[], command: string): string {
  lab.write("bin/dlv", `#!/bin/sh\n${lines.join("\n")}\nexec ${command} "$@"\n`);
  const path = join(lab.folder, "bin/dlv");
  chmodSync(path, 0o755);
  return path;
}

function limitFile(controller: Controller, version: 1 | 2): string {
  if (controller === "pids") return "pids.max";
  if (controller === "cpu") return version === 1 ? "cpu.cfs_quota_us" : "cpu.max";
  return version === 1 ? "memory.limit_in_bytes" : "memory.max";
}

/** Where groups of a controller are made: its own hierarchy (version 1), else the unified one. */
function baseOf(controller: Controller): { readonly dir: string; readonly version: 1 | 2 } | undefined {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const of = (type: string, option: string) =>
    mounts
      .map((line) => line.split(" - "))
      .find(([, tail = ""]) => {
        const [kind, , options = ""] = tail.split(" ");
        return kind === type && (option === "" || options.split(",").includes(option));
      })?.[0]
      ?.split(" ")[4];
  const old = of("cgroup", controller);
  if (old !== undefined) return { dir: old, version: 1 };
  const unified = of("cgroup2", "");
  return unified === undefined ? undefined : { dir: unified, version: 2 };
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
