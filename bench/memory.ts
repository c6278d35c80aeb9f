import { setTimeout as sleep } from "node:timers/promises";
import { begin } from "./client.ts";
import { type Figure, spread } from "./figure.ts";
import { batchesFor } from "./flood.ts";
import type { Bench } from "./sides.ts";

/** What V8's heap and malloc may sway by (MB) without anything being kept. */
const aimMb = 16;

/**
 * The proxy's resident memory while 1 GB of output runs through it, against what it was after the first tenth; and
 * while a client does not read what it asked for.
 */
export async function memory(bench: Bench, quick: boolean): Promise<Figure[]> {
  const config = { name: "bench", request: "launch", mode: "exec", dlvToolPath: bench.standIn };
  const { client, close } = await bench.proxied(config);
  await begin(client, config);
  await client.request("stop");
  const parts = 10;
  const batches = batchesFor((quick ? 100e6 : 1e9) / parts);
  const sizes: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    await client.request("flood", { batches });
    sizes.push(await bench.memory());
  }

  const before = await bench.memory();
  const flooded = client.request("flood", { batches });
  client.pause();
  const held: number[] = [];
  for (let look = 0; look < (quick ? 5 : 20); look += 1) {
    await sleep(100);
    held.push(await bench.memory());
  }
  client.resume();
  await flooded;
  await close();
  const [first = 0] = sizes;
  return [
    figure("memory_over_1_gb_of_output", sizes, first),
    figure("memory_client_does_not_read", held, before),
  ];
}

function figure(name: string, sizes: readonly number[], first: number): Figure {
  const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const grown = mb((sizes.at(-1) ?? 0) - first);
  return {
    figure: name,
    aim: `rss_growth_mb <= ${aimMb}`,
    met: grown <= aimMb,
    rounds: sizes.length,
    rss_mb: spread(sizes.map(mb)),
    rss_first_mb: mb(first),
    rss_growth_mb: grown,
    ratio: Number(((sizes.at(-1) ?? 0) / first).toFixed(3)),
  };
}
