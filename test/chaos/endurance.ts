import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { planned } from "../../src/core/launch.ts";
import { firstUsual } from "../../src/core/usual.ts";
import { localHost } from "../../src/hosts/local.ts";
import { sampleTree } from "../../src/hosts/procfs.ts";
import { drive } from "../../src/session/drive.ts";
import { openSession } from "../../src/session/session.ts";
import { startAdapter } from "./adapter.ts";
import { type Lair, loopLine } from "./lair.ts";
import { launches } from "./trial.ts";

/** What a process holds: memory in bytes, and counts. What cannot be asked of another process is left out. */
export interface Holding {
  readonly rss: number;
  readonly descriptors: number;
  readonly heap?: number;
  /** JavaScript objects. The heap holds compiled code too, of which there is more the longer V8 watches what runs often. */
  readonly objects?: number;
  /** Timers, sockets, children … that keep the event loop. */
  readonly resources?: number;
}

/** How a value went with the launches: the slope (per launch) of a straight line through it, and its standard error. */
export interface Slope {
  readonly first: number;
  readonly last: number;
  readonly slope: number;
  readonly error: number;
}

/** So many launches in one process. */
export interface Endured {
  readonly where: "session" | "adapter";
  readonly launches: number;
  /** Launches that did not come to their breakpoint. */
  readonly failed: number;
  readonly ms: number;
  readonly held: Readonly<Record<keyof Holding, Slope | undefined>>;
  /** Processes and files that were left in the end. */
  readonly left: readonly string[];
}

/** How many looks are taken, and what part of the launches only warms up. */
const looks = 40;
const warmUp = 0.2;

/** Launches to a breakpoint and ends, again and again, through openSession in this process. */
export async function endureSession(lair: Lair, count: number): Promise<Endured> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const look = async (): Promise<Holding> => {
    // What a launch has let go of is closed a few turns later.
    await sleep(100);
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const resources = process.getActiveResourcesInfo().length;
    const objects = queryObjects(Object, { format: "count" });
    return { rss, heap: heapUsed, objects, descriptors: descriptorsOf(process.pid), resources };
  };
  return endure("session", lair, count, () => sessionOnce(lair), look);
}

/** The same through `delve-doctor dap --listen`, one process for all launches. */
export async function endureAdapter(lair: Lair, count: number): Promise<Endured> {
  const adapter = await startAdapter(lair);
  const look = async (): Promise<Holding> => ({
    rss: Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${adapter.pid}/status`, "utf8"))?.[1]) * 1024,
    descriptors: descriptorsOf(adapter.pid),
  });
  const endured = await endure("adapter", lair, count, () => launches(lair, adapter), look);
  await adapter.end();
  return { ...endured, left: leftIn(lair) };
}

async function endure(
  where: Endured["where"],
  lair: Lair,
  count: number,
  once: () => Promise<boolean>,
  look: () => Promise<Holding>,
): Promise<Endured> {
  const began = performance.now();
  const seen: (readonly [number, Holding])[] = [];
  const every = Math.max(1, Math.floor(count / looks));
  let failed = 0;
  for (let launch = 1; launch <= count; launch += 1) {
    if (!(await once())) failed += 1;
    if (launch % every === 0 && launch > count * warmUp) seen.push([launch, await look()]);
  }
  const slope = (of: keyof Holding) => {
    const points = seen.flatMap(([at, { [of]: value }]) =>
      value === undefined ? [] : [[at, value] as const],
    );
    return points.length > 2 ? slopeOf(points) : undefined;
  };
  const held = {
    rss: slope("rss"),
    heap: slope("heap"),
    objects: slope("objects"),
    descriptors: slope("descriptors"),
    resources: slope("resources"),
  };
  const ms = Math.round(performance.now() - began);
  return { where, launches: count, failed, ms, held, left: where === "session" ? leftIn(lair) : [] };
}

/** The straight line through points that is nearest to them (least squares), and the standard error of its slope. */
export function slopeOf(points: readonly (readonly [number, number])[]): Slope {
  const n = points.length;
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / n;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  const across = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const slope = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / across;
  const off = points.reduce((sum, [at, value]) => sum + (value - y - slope * (at - x)) ** 2, 0);
  return {
    first: points[0]?.[1] ?? 0,
    last: points.at(-1)?.[1] ?? 0,
    slope,
    error: Math.sqrt(off / (n - 2) / across),
  };
}

async function sessionOnce(lair: Lair): Promise<boolean> {
  const config = {
    name: "chaos",
    request: "launch",
    mode: "exec",
    program: lair.binary,
    dlvToolPath: lair.dlv,
  };
  const [client, server] = duplexPair();
  const session = openSession(server, {
    planned: planned({ ...config, env: lair.env }, lair.source),
    host: localHost,
    usual: firstUsual,
    sample: sampleTree,
    progress: true,
  });
  const driven = drive(client, {
    request: "launch",
    config,
    breakpoints: [{ file: join(lair.source, "main.go"), line: loopLine }],
    goal: "stop",
  });
  const reached = await driven.reached;
  await driven.disconnect();
  await session.done;
  return reached === "stopped";
}

function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function leftIn(lair: Lair): string[] {
  return [...lair.processes().map(({ name }) => `process ${name}`), ...lair.files()];
}
