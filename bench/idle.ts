import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, round } from "./figure.ts";
import { runTo } from "./launch.ts";
import { makeProgram } from "./program.ts";
import type { Bench } from "./sides.ts";

const aimPercent = 0.1;

/** How long (ms) after a stop the editor's first list of goroutines is waited for, and some. */
const settledMs = 8000;

/** What the proxy's process does while a person looks at a program that has stopped, and while it merely stands by with no session at all. */
export async function idle(bench: Bench, quick: boolean): Promise<Figure[]> {
  const ms = quick ? 5000 : 20_000;
  const figures = [figure("idle_cpu_without_a_session", await spentIn(bench, ms), ms)];
  const { config, inLoop } = await makeProgram(bench);
  const { client, close } = await bench.proxied(config);
  await runTo(client, config, inLoop);
  await sleep(settledMs);
  figures.push(figure("idle_cpu_of_a_paused_session", await spentIn(bench, ms), ms));
  await close();
  return figures;
}

async function spentIn(bench: Bench, ms: number): Promise<number> {
  const { cpuMs } = await bench.spent();
  await sleep(ms);
  return (await bench.spent()).cpuMs - cpuMs;
}

function figure(name: string, cpuMs: number, ms: number): Figure {
  const percent = round((cpuMs / ms) * 100);
  return {
    figure: name,
    aim: `percent_of_a_core <= ${aimPercent}`,
    met: percent <= aimPercent,
    rounds: 1,
    seconds: ms / 1000,
    cpu_ms: round(cpuMs),
    percent_of_a_core: percent,
  };
}
