import { setTimeout as sleep } from "node:timers/promises";
import { begin, type Client, stop } from "./client.ts";
import { type Figure, spread } from "./figure.ts";
import { batchesFor, hugeEvent } from "./flood.ts";
import type { Bench } from "./sides.ts";

/** What V8's heap and malloc may sway by (MB) without anything being kept. */
const aimMb = 16;

/** No debug server sends more in one message, and no editor could take it. */
const hugeBytes = 256e6;

/**
 * The proxy's resident memory while 1 GB of output runs through it, against what it was after the first tenth; while a
 * client does not read what it asked for; and while one huge message comes, before the first stop and after it.
 */
export async function memory(bench: Bench, quick: boolean): Promise<Figure[]> {
  const config = { name: "bench", request: "launch", mode: "exec", dlvToolPath: bench.standIn };
  const { client, close } = await bench.proxied(config);
  const parts = 10;
  const batches = batchesFor((quick ? 100e6 : 1e9) / parts);
  const huge = quick ? hugeBytes / 4 : hugeBytes;

  await begin(client, config);
  await client.request("flood", { batches });
  const launching = await whileHuge(bench, client, huge);
  await stop(client);
  const sizes: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    await client.request("flood", { batches });
    sizes.push(await bench.memory());
  }
  const after = await whileHuge(bench, client, huge);

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
    figure("memory_over_1_gb_of_output", sizes, first, sizes.at(-1)),
    figure("memory_client_does_not_read", held, before, held.at(-1)),
    figure("memory_one_message_of_256_mb_while_launching", launching.sizes, launching.before),
    figure("memory_one_message_of_256_mb_after_launch", after.sizes, after.before),
  ];
}

/** The memory (bytes) before one message of so many bytes, and again and again while it comes. */
async function whileHuge(bench: Bench, client: Client, bytes: number) {
  const before = await bench.memory();
  const sizes: number[] = [];
  let come = false;
  const all = Promise.all([client.skip(hugeEvent(bytes).size), client.request("huge", { bytes })]).finally(
    () => {
      come = true;
    },
  );
  while (!come) {
    sizes.push(await bench.memory());
    await sleep(5);
  }
  await all;
  return { before, sizes: [...sizes, await bench.memory()] };
}

/** What was grown by at the end, or, where no end is said, at most. */
function figure(name: string, sizes: readonly number[], first: number, last = Math.max(...sizes)): Figure {
  const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const grown = mb(last - first);
  return {
    figure: name,
    aim: `rss_growth_mb <= ${aimMb}`,
    met: grown <= aimMb,
    rounds: sizes.length,
    rss_mb: spread(sizes.map(mb)),
    rss_first_mb: mb(first),
    rss_growth_mb: grown,
    ratio: Number((last / first).toFixed(3)),
  };
}
