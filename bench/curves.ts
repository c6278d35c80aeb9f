import { spawn } from "node:child_process";
import { once } from "node:events";
import { sampleTree } from "../src/hosts/procfs.ts";
import { begin, type Client } from "./client.ts";
import { type Curve, each, type Figure, flat, interleave, round, spread } from "./figure.ts";
import { typeInto } from "./keystroke.ts";
import type { Bench } from "./sides.ts";

/** How much a cost may seem to grow by noise alone. */
const noise = 1.2;

/** How many requests are under way at once where only their number counts. */
const atOnce = 500;

/** The time of a round trip and the memory of the proxy's process, after more and more messages in one session. */
export async function session(bench: Bench, quick: boolean): Promise<Figure[]> {
  const config = { name: "bench", request: "launch", mode: "exec", dlvToolPath: bench.standIn };
  const [direct, proxied] = [await bench.direct(config), await bench.proxied(config)];
  for (const { client } of [direct, proxied]) {
    await begin(client, config);
    await client.request("stop");
  }
  const trip =
    ({ client }: typeof direct) =>
    async () => {
      const began = performance.now();
      for (let count = 0; count < 200; count += 1) await ask(client);
      return ((performance.now() - began) * 1000) / 200;
    };
  const rounds = quick ? 3 : 9;
  const added: Curve["points"][number][] = [];
  const memory: Curve["points"][number][] = [];
  let sent = 0;
  for (const size of quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000]) {
    for (; sent < size; sent += atOnce)
      await Promise.all(Array.from({ length: atOnce }, () => ask(proxied.client)));
    const times = await interleave(rounds, { direct: trip(direct), proxied: trip(proxied) });
    const ratio = spread(each(times.proxied, times.direct, (one, base) => one / base)).median;
    added.push({ size, value: ratio });
    memory.push({ size, value: Math.round((await bench.memory()) / 1e5) / 10 });
  }
  await Promise.all([direct, proxied].map(({ close }) => close()));
  const curve = (unit: string, points: Curve["points"]): Curve => ({ size: "messages", unit, points });
  return [
    flat("round_trip_by_session_length", curve("times direct", added), rounds, noise),
    flat("memory_by_session_length", curve("MB", memory), 1, noise),
  ];
}

function ask(client: Client): Promise<unknown> {
  return client.request("evaluate", { expression: "len(names)", frameId: 1000, context: "hover" });
}

/** The processor time of one look at a small tree from scratch, on a machine with more and more other processes. */
export async function processes(_: Bench, quick: boolean): Promise<Figure[]> {
  const tree = await started("sleep 600 & echo; wait");
  const points: Curve["points"][number][] = [];
  const looks = quick ? 100 : 400;
  try {
    for (const size of quick ? [50, 500] : [50, 500, 5000]) {
      const crowd = await started(
        `i=0; while [ $i -lt ${size} ]; do sleep 600 & i=$((i+1)); done; echo; wait`,
      );
      try {
        points.push({ size, value: spread(Array.from({ length: 5 }, () => cpuOf(tree.pid, looks))).median });
      } finally {
        await crowd.end();
      }
    }
  } finally {
    await tree.end();
  }
  return [flat("sample_by_process_count", { size: "processes", unit: "µs of CPU", points }, 5, noise)];
}

/** The processor time (µs) of one of so many samples. */
function cpuOf(pid: number, looks: number): number {
  const before = process.cpuUsage();
  for (let count = 0; count < looks; count += 1)
    if (sampleTree(pid).processes.length !== 2) throw new Error("the tree is not what was started");
  const { user, system } = process.cpuUsage(before);
  return round((user + system) / looks);
}

/** Starts a script in a process group of its own, and waits for the first thing it prints. */
async function started(script: string): Promise<{ readonly pid: number; end(): Promise<void> }> {
  const child = spawn("sh", ["-c", script], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  return {
    pid,
    async end() {
      const gone = once(child, "exit");
      process.kill(-pid, "SIGKILL");
      await gone;
    },
  };
}

/** A key in a launch.json with more and more configurations, by the time of a server that reads the same text and checks nothing. */
export async function workspace(bench: Bench, quick: boolean): Promise<Figure[]> {
  const points: Curve["points"][number][] = [];
  let keys = 0;
  for (const size of quick ? [10, 100] : [10, 100, 1000]) {
    const { times } = await typeInto(bench, size, 1);
    keys = times.checked.length;
    points.push({ size, value: spread(each(times.checked, times.parsed, (one, base) => one / base)).median });
  }
  return [
    {
      ...flat(
        "keystroke_by_configurations",
        { size: "configurations", unit: "times reading alone", points },
        keys,
        noise,
      ),
      why: "not the rules: to check takes 0.04 ms for a configuration whether there are 100 or 1,000; what else grows in the server is not known",
    },
  ];
}
