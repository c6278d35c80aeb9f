import { begin, type Client } from "./client.ts";
import { compare, each, type Figure, interleave, type Rounds, spread } from "./figure.ts";
import type { Bench, Link, Side } from "./sides.ts";

const aimUs = 15;

/**
 * A small request and its response, through the proxy and without it: while the launch goes on and every message is
 * looked at, and after it, when bytes only run through. One value is the median of a row of round trips.
 */
export async function echo(bench: Bench, quick: boolean): Promise<Figure[]> {
  const config = { name: "bench", request: "launch", mode: "exec", dlvToolPath: bench.standIn };
  const open = async (side: Side) => {
    const link = await side(config);
    await begin(link.client, config);
    return link;
  };

  // A launch has a few dozen messages, so each row is the beginning of a launch of its own.
  const framed = (side: Side) => async () => {
    const { client, close } = await open(side);
    await row(client, 40);
    const median = await row(client, 60);
    await close();
    return median;
  };
  const rounds = quick ? 4 : 20;
  const { direct, relayed, proxied } = bench;
  const launching = { direct: framed(direct), relayed: framed(relayed), proxied: framed(proxied) };
  const watched = await interleave(rounds, launching);

  const links = { direct: await open(direct), relayed: await open(relayed), proxied: await open(proxied) };
  for (const { client } of Object.values(links)) await client.request("stop");
  const count = quick ? 500 : 2000;
  const spliced =
    ({ client }: Link) =>
    () =>
      row(client, count);
  const run = await interleave(rounds, {
    direct: spliced(links.direct),
    relayed: spliced(links.relayed),
    proxied: spliced(links.proxied),
  });
  await Promise.all(Object.values(links).map(({ close }) => close()));

  return [figure("echo_while_launching", watched), figure("echo_after_launch", run)];
}

function figure(name: string, rounds: Required<Rounds>): Figure {
  const added = (values: readonly number[]) =>
    spread(each(values, rounds.direct, (value, base) => value - base));
  const ours = added(rounds.proxied);
  return {
    figure: name,
    aim: `added_us <= ${aimUs}`,
    met: ours.median <= aimUs,
    ...compare(rounds, "us"),
    bare_relay_added_us: added(rounds.relayed),
    added_us: ours,
  };
}

/** The median (µs) of so many round trips, one after the other. */
async function row(client: Client, count: number): Promise<number> {
  const times: number[] = [];
  for (let trip = 0; trip < count; trip += 1) {
    const began = performance.now();
    await client.request("evaluate", { expression: "len(names)", frameId: 1000, context: "hover" });
    times.push((performance.now() - began) * 1000);
  }
  return spread(times).median;
}
