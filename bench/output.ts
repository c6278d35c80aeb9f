import { begin, type Client, stop } from "./client.ts";
import { compare, type Figure, interleave, type Rounds } from "./figure.ts";
import { batchesFor, batchOf } from "./flood.ts";
import type { Bench, Link } from "./sides.ts";

const afterWhy =
  "a header block that comes alone waits for its body, and each chunk is looked at for its last header; a quick run on the same machine gave more than the aim, so noise has a part in it";

/** Of what a bare relay lets through, because no relay lets through what a direct connection does. */
const aim = 0.95;

/**
 * How fast output events come: to a client that parses each, as every editor does, and to one that only counts bytes,
 * which no editor can. The last figure is of a program that prints before its first stop, when we parse each too.
 */
export async function output(bench: Bench, quick: boolean): Promise<Figure[]> {
  const config = { name: "bench", request: "launch", mode: "exec", dlvToolPath: bench.standIn };
  const batches = batchesFor(quick ? 20e6 : 200e6);
  const rounds = quick ? 2 : 7;
  const links = {
    direct: await bench.direct(config),
    relayed: await bench.relayed(config),
    reframed: await bench.reframed(config),
    proxied: await bench.proxied(config),
  };
  const sides = Object.values(links).map(({ client }) => client);
  const all = (receive: (client: Client) => Promise<unknown>) => {
    const rate =
      ({ client }: Link) =>
      async () => {
        const began = performance.now();
        await receive(client);
        return (batches * batchOf.bytes.length) / 1e3 / (performance.now() - began);
      };
    const { direct, relayed, reframed, proxied } = links;
    return interleave(rounds, {
      direct: rate(direct),
      relayed: rate(relayed),
      reframed: rate(reframed),
      proxied: rate(proxied),
    });
  };
  const parsed = (client: Client) => client.request("flood", { batches });
  const counted = (client: Client) =>
    Promise.all([client.skip(batches * batchOf.bytes.length), client.request("flood", { batches })]);

  for (const client of sides) await begin(client, config);
  const launching = await all(parsed);
  for (const client of sides) await stop(client);
  const run = await all(parsed);
  const bare = await all(counted);
  await Promise.all(Object.values(links).map(({ close }) => close()));
  return [
    { ...figure("output_after_launch", run), why: afterWhy },
    { ...figure("output_after_launch_client_only_counts", bare), why: afterWhy },
    {
      ...figure("output_while_launching", launching),
      why: "Until the first stop it is seen of each message what it is.",
    },
  ];
}

function figure(name: string, rounds: Required<Rounds>): Figure {
  const compared = compare(rounds, "mb_per_s");
  const met = (compared.ratio_to_bare_relay?.median ?? 0) >= aim;
  return { figure: name, aim: `ratio_to_bare_relay >= ${aim}`, met, ...compared };
}
