import { recordOf } from "../src/core/json.ts";
import type { Client } from "./client.ts";
import { compare, type Figure, interleave } from "./figure.ts";
import { runTo } from "./launch.ts";
import { makeProgram } from "./program.ts";
import type { Bench, Side } from "./sides.ts";

const aim = 1.02;

/** What an editor asks of a real dlv at every step: stackTrace, scopes, variables, and then next to the next stop. */
export async function loop(bench: Bench, quick: boolean): Promise<Figure[]> {
  const { config, inLoop } = await makeProgram(bench);
  const steps = 10;
  const open = async (side: Side) => {
    const { client, close } = await side(config);
    const threadId = await runTo(client, config, inLoop);
    await client.request("setBreakpoints", { source: { path: inLoop.path }, breakpoints: [] });
    const walk = async () => {
      const began = performance.now();
      for (let taken = 0; taken < steps; taken += 1) await step(client, threadId);
      return (performance.now() - began) / steps;
    };
    return { walk, close };
  };
  const links = {
    direct: await open(bench.direct),
    relayed: await open(bench.relayed),
    reframed: await open(bench.reframed),
    proxied: await open(bench.proxied),
  };
  const { direct, relayed, reframed, proxied } = links;
  const walks = {
    direct: direct.walk,
    relayed: relayed.walk,
    reframed: reframed.walk,
    proxied: proxied.walk,
  };
  const rounds = await interleave(quick ? 5 : 60, walks);
  await Promise.all(Object.values(links).map(({ close }) => close()));
  const compared = compare(rounds, "ms_per_step");
  const met = compared.ratio.median <= aim;
  const why =
    "Each message takes two more sockets through one more process, which a bare relay pays too: see its ratio beside ours.";
  return [{ figure: "dlv_step_loop", aim: `ratio <= ${aim}`, met, why, ...compared }];
}

async function step(client: Client, threadId: number): Promise<void> {
  const stack = await client.request("stackTrace", { threadId, startFrame: 0, levels: 20 });
  const frameId = first(stack.body?.["stackFrames"])["id"];
  const scopes = await client.request("scopes", { frameId });
  const { variablesReference } = first(scopes.body?.["scopes"]);
  const variables = await client.request("variables", { variablesReference });
  if (first(variables.body?.["variables"])["name"] === undefined) throw new Error("dlv showed no variables");
  const stopped = client.event("stopped");
  await client.request("next", { threadId });
  await stopped;
}

function first(list: unknown): Readonly<Record<string, unknown>> {
  return recordOf(Array.isArray(list) ? list[0] : undefined);
}
