import type { Config } from "../src/core/config.ts";
import { begin, type Client } from "./client.ts";
import { compare, type Figure, interleave } from "./figure.ts";
import { makeProgram } from "./program.ts";
import type { Bench, Side } from "./sides.ts";

const aim = 1.02;

/** From nothing to the first stop, with Go's build cache warm: dlv is started, builds, loads and runs to main. */
export async function launch(bench: Bench, quick: boolean): Promise<Figure[]> {
  const { config, atStart } = await makeProgram(bench);
  const once = (side: Side) => async () => {
    const began = performance.now();
    const { client, close } = await side(config);
    await runTo(client, config, atStart);
    const took = performance.now() - began;
    await close();
    return took;
  };
  const rounds = await interleave(quick ? 3 : 15, {
    direct: once(bench.direct),
    proxied: once(bench.proxied),
  });
  const compared = compare(rounds, "ms");
  const met = compared.ratio.median <= aim;
  return [{ figure: "launch_to_first_stop", aim: `ratio <= ${aim}`, met, ...compared }];
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
