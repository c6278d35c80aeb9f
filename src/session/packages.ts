import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../core/host.ts";
import { buildFlags, type Launch, textOf } from "../core/launch.ts";
import type { ProcessSample, Sample } from "../core/process.ts";

/** `go build -n` took 0.1–0.2 s where it was measured; one that takes this long (ms) waits for something itself. */
const limits = { ms: 10_000, bytes: 64 * 1024 * 1024 };

/**
 * Asks Go which packages it still has to compile for this launch: the distinct `compile -p` lines of `go build -n`
 * with Delve's own flags and Delve's CGO_CFLAGS (cmd/dlv/main.go). It may not touch the network, or it would hang where
 * the build hangs. Undefined where Go cannot say.
 */
async function countStale(host: Host, launch: Launch, signal: AbortSignal): Promise<number | undefined> {
  const verb = launch.mode === "test" ? ["test", "-c", "-n"] : ["build", "-n"];
  const flags = buildFlags(launch).split(/\s+/).filter(Boolean);
  const program = textOf(launch, "program") ?? ".";
  const env = {
    ...launch.env,
    CGO_CFLAGS: launch.env["CGO_CFLAGS"] ?? "-O0 -g",
    GOPROXY: "off",
    GOTOOLCHAIN: launch.env["GOTOOLCHAIN"] ?? "local",
  };
  const argv = ["go", ...verb, "-gcflags", "all=-N -l", ...flags, program];
  try {
    const { code, stderr } = await host.run({ argv, cwd: launch.cwd, env }, { ...limits, signal });
    return code === 0 ? countCompiles(stderr) : undefined;
  } catch {
    return undefined;
  }
}

/** The distinct packages in the text of `go build -n`. */
export function countCompiles(text: string): number {
  return new Set(Array.from(text.matchAll(/\/compile"? .*? -p (\S+) /g), ([, name]) => name)).size;
}

/**
 * How many packages a running build has finished: the `_pkg_.a` files in the work directory of its compilers, less those
 * that a compiler still writes. Undefined while no compiler runs.
 */
function countDone(sample: Sample): number | undefined {
  const writing = new Set(sample.processes.flatMap(compilerOutput));
  const [one] = writing;
  if (one === undefined) return undefined;
  const work = dirname(dirname(one));
  try {
    const archives = readdirSync(work).map((name) => join(work, name, "_pkg_.a"));
    return archives.filter((path) => !writing.has(path) && hasSize(path)).length;
  } catch {
    return undefined;
  }
}

function compilerOutput({ name, argv }: ProcessSample): string[] {
  const output = argv[argv.indexOf("-o") + 1];
  return name === "compile" && argv.includes("-o") && output !== undefined ? [output] : [];
}

function hasSize(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Counts the packages of one build: done of total. */
export interface Counter {
  /** Asks Go for the total, once; called when the build turns out to be slow, so that a quick launch costs nothing. */
  start(): void;
  sampled(sample: Sample): void;
  /** The build is over: Go is not asked on. */
  stop(): void;
}

/**
 * Makes a counter that tells of each change. Packages that were finished before Go was asked are no longer stale to it,
 * so they are added to what it says.
 */
export function countPackages(
  host: Host,
  launch: () => Launch,
  tell: (done: number, total: number) => void,
): Counter {
  const enough = new AbortController();
  let asked = false;
  let total: number | undefined;
  let done = 0;
  return {
    start() {
      if (asked || launch().timeline.current !== "build") return;
      asked = true;
      const before = done;
      void countStale(host, launch(), enough.signal).then((stale) => {
        if (stale === undefined || stale + before === 0) return;
        total = stale + before;
        tell(Math.min(done, total), total);
      });
    },
    sampled(sample) {
      const now = countDone(sample);
      if (now === undefined || now <= done) return;
      done = now;
      if (total !== undefined) tell(Math.min(done, total), total);
    },
    stop: () => enough.abort(),
  };
}
