import type { Config } from "../src/core/config.ts";
import { begin, type Client } from "./client.ts";
import { compare, type Figure, interleave } from "./figure.ts";
import { type BenchModule, modules } from "./modules.ts";
import type { Bench, Side } from "./sides.ts";

const aim = 1.02;

const why =
  "the rounds of one side lie further apart than the aim allows to see; what is known to cost is the look at dlv's process tree, about a hundredth of one processor";

/** From nothing to the first line of main, with Go's build cache warm: dlv is started, links, loads and runs, for each program. */
export async function launch(bench: Bench, quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const one of await modules(bench, quick)) figures.push(await launchOf(bench, one, quick ? 3 : 5));
  return figures;
}

async function launchOf(
  bench: Bench,
  { name, packages, config, atStart }: BenchModule,
  rounds: number,
): Promise<Figure> {
  const once = (side: Side) => () => launched(side, config, atStart);
  const { rounds: count, ...compared } = compare(
    await interleave(rounds, { direct: once(bench.direct), proxied: once(bench.proxied) }),
    "ms",
  );
  const met = compared.ratio.median <= aim;
  return {
    figure: `launch_of_${name}_to_first_stop`,
    aim: `ratio <= ${aim}`,
    met,
    why,
    rounds: count,
    packages,
    ...compared,
  };
}

/** What a launch to a breakpoint takes (ms), from nothing to the stop. */
export async function launched(
  side: Side,
  config: Config,
  at: { readonly path: string; readonly line: number },
): Promise<number> {
  const began = performance.now();
  const { client, close } = await side(config);
  await runTo(client, config, at);
  const took = performance.now() - began;
  await close();
  return took;
}

/** Launches to a breakpoint and resolves with the thread that stopped there. */
export async function runTo(
  client: Client,
  config: Config,
  at: { readonly path: string; readonly line: number },
): Promise<number> {
  await begin(client, config);
  await client.request("setBreakpoints", { source: { path: at.path }, breakpoints: [{ line: at.line }] });
  const stopped = client.event("stopped");
  await client.request("configurationDone");
  return Number((await stopped).body?.["threadId"]);
}
