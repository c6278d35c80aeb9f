import { begin, type Client, stop } from "./client.ts";
import { compare, each, type Figure, interleave, type Rounds, spread } from "./figure.ts";
import type { Bench, Link, Side } from "./sides.ts";

/** What may be added (µs) to what two more sockets and one more process cost anyway. */
const aimUs = 10;

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
  const { direct, relayed, reframed, proxied } = bench;
  const watched = await interleave(rounds, {
    direct: framed(direct),
    relayed: framed(relayed),
    reframed: framed(reframed),
    proxied: framed(proxied),
  });

  const links = {
    direct: await open(direct),
    relayed: await open(relayed),
    reframed: await open(reframed),
    proxied: await open(proxied),
  };
  for (const { client } of Object.values(links)) await stop(client);
  const count = quick ? 500 : 2000;
  const spliced =
    ({ client }: Link) =>
    () =>
      row(client, count);
  const run = await interleave(rounds, {
    direct: spliced(links.direct),
    relayed: spliced(links.relayed),
    reframed: spliced(links.reframed),
    proxied: spliced(links.proxied),
  });
  await Promise.all(Object.values(links).map(({ close }) => close()));

  return [
    {
      ...figure("echo_while_launching", watched),
      why: "Until the first stop each message is parsed and written to the launch's log, and dlv's process tree is looked at.",
    },
    figure("echo_after_launch", run),
  ];
}

function figure(name: string, rounds: Required<Rounds>): Figure {
  const added = (side: readonly number[], to: readonly number[]) =>
    spread(each(side, to, (value, base) => value - base));
  const ours = added(rounds.proxied, rounds.relayed);
  return {
    figure: name,
    aim: `added_to_bare_relay_us <= ${aimUs}`,
    met: ours.median <= aimUs,
    ...compare(rounds, "us"),
    bare_relay_added_us: added(rounds.relayed, rounds.direct),
    golang_go_way_added_us: added(rounds.reframed, rounds.direct),
    added_us: added(rounds.proxied, rounds.direct),
    added_to_bare_relay_us: ours,
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
