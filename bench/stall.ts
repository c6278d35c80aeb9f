import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blackHole } from "../test/lab/blackHole.ts";
import { labLaunch } from "../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv } from "../test/lab/module.ts";
import { greetingFiles } from "../test/lab/moduleProxy.ts";
import { dlv, go } from "../test/lab/tools.ts";
import { type Figure, percentile, spread } from "./figure.ts";
import type { Bench } from "./sides.ts";

const aimMs = 1000;

/** A launch that stalls, and the cause that has to be named first. */
interface Fault {
  readonly name: string;
  readonly cause: string;
  readonly launch: (round: number) => Promise<Parameters<typeof labLaunch>[0]>;
}

/**
 * From the moment at which a real launch is known to stall to the ranked diagnosis of it, with every cause judged. A launch is
 * called stalled here after 1.5 s instead of its usual time, which changes nothing of what comes then.
 */
export async function stall(bench: Bench, quick: boolean): Promise<Figure[]> {
  const hole = await blackHole();
  const rounds = quick ? 1 : 8;
  const times: number[] = [];
  const medians: Record<string, ReturnType<typeof spread>> = {};
  try {
    for (const { name, cause, launch } of faults(bench.folder, hole)) {
      const own: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const { ended, verdicts, namedMs } = await labLaunch({ ...(await launch(round)), stallAfter: 1500 });
        const first = verdicts.findings[0]?.cause;
        if (ended !== "stalled" || first !== cause)
          throw new Error(`${name}: ${ended}, and named was ${first}`);
        own.push(namedMs);
      }
      medians[`${name}_ms`] = spread(own);
      times.push(...own);
    }
  } finally {
    await hole.close();
  }
  const p95 = percentile(times, 0.95);
  return [
    {
      figure: "stall_to_ranked_diagnosis",
      aim: `p95_ms <= ${aimMs}`,
      met: p95 <= aimMs,
      rounds: times.length,
      p95_ms: p95,
      all_ms: spread(times),
      ...medians,
      why: "The questions are some dozens of small programs; where the processors have other work they wait for their turn.",
    },
  ];
}

/** A module proxy and a toolchain's that accept and never answer, and a dlv and a go that a signal has stopped. */
function faults(folder: string, hole: { readonly url: string }): Fault[] {
  const write = (name: string, files: Readonly<Record<string, string>>) => {
    const module = join(folder, name);
    mkdirSync(module, { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(module, path), text);
    return module;
  };
  const calling = write("calling", greetingFiles);
  const hello = write("hello", helloFiles);
  const newer = write("newer", { ...helloFiles, "go.mod": "module example.com/hello\n\ngo 1.99.0\n" });
  const empty = (round: number) => ({
    GOPROXY: hole.url,
    GOMODCACHE: join(folder, `mod${round}`),
    GOFLAGS: "-modcacherw",
  });
  const stopping = (name: string, word: string, path: string) => {
    mkdirSync(join(folder, "stopping"), { recursive: true });
    const file = join(folder, "stopping", name);
    const script = `#!/bin/sh\n[ "$1" = ${word} ] && kill -STOP $$\nexec ${path} "$@"\n`;
    writeFileSync(file, script, { mode: 0o755 });
    return file;
  };
  return [
    {
      name: "module_proxy",
      cause: "module-download-blocked",
      launch: async (round) => ({
        folder: calling,
        config: debugConfig(calling, await labEnv(empty(round))),
      }),
    },
    {
      name: "toolchain_proxy",
      cause: "gotoolchain-download",
      launch: async (round) => ({
        folder: newer,
        config: debugConfig(newer, await labEnv({ ...empty(round), GOTOOLCHAIN: "auto" })),
      }),
    },
    {
      name: "stopped_dlv",
      cause: "stopped-process",
      launch: async () => ({
        folder: hello,
        dlv: stopping("dlv", "dap", await dlv()),
        config: debugConfig(hello, await labEnv()),
      }),
    },
    {
      name: "stopped_go",
      cause: "stopped-process",
      launch: async () => {
        const env = await labEnv();
        const PATH = `${dirname(stopping("go", "build", await go()))}:${env["PATH"]}`;
        return { folder: hello, config: debugConfig(hello, { ...env, PATH }) };
      },
    },
  ];
}
