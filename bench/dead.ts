import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dlv } from "../test/lab/tools.ts";
import { begin } from "./client.ts";
import { type Figure, spread } from "./figure.ts";
import type { Bench } from "./sides.ts";

/** golang.go gives up on a dlv that never listens after this (extension/src/goDebugFactory.ts). */
const golangMs = 30_000;
const aimMs = 300;

/** How long it takes until a client is told why there is no dlv, from its first connection on. */
export async function dead(bench: Bench, quick: boolean): Promise<Figure[]> {
  const dying = join(bench.folder, "dying-dlv");
  writeFileSync(dying, "#!/bin/sh\necho 'fatal error: out of luck' >&2\nexit 3\n");
  chmodSync(dying, 0o755);
  const cases = [
    { figure: "dead_dlv_missing", dlvToolPath: join(bench.folder, "no-dlv"), says: "was not found" },
    { figure: "dead_dlv_bad_flag", dlvToolPath: await dlv(), dlvFlags: ["--no-such"], says: "unknown flag" },
    { figure: "dead_dlv_dies_at_once", dlvToolPath: dying, says: "out of luck" },
  ];
  const figures: Figure[] = [];
  for (const { figure, says, ...attributes } of cases) {
    const config = { name: "bench", request: "launch", mode: "exec", ...attributes };
    const times: number[] = [];
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      const began = performance.now();
      const { client, close } = await bench.proxied(config);
      const told = await begin(client, config).then(
        () => "nothing",
        (error: Error) => error.message,
      );
      times.push(performance.now() - began);
      await close();
      if (!told.includes(says)) throw new Error(`${figure}: the client was told "${told}"`);
    }
    const proxied = spread(times);
    figures.push({
      figure,
      aim: `proxied_ms <= ${aimMs}`,
      met: proxied.median <= aimMs,
      rounds: times.length,
      golang_go_ms: golangMs,
      proxied_ms: proxied,
      ratio: Number((proxied.median / golangMs).toPrecision(3)),
    });
  }
  return figures;
}
