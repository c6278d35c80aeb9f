import type { PastLaunch } from "../../src/core/history.ts";
import type { BuildPart } from "../../src/core/process.ts";

/** A remembered launch that came to its stop, with whatever a test wants to be otherwise. Its id is its time. */
export function past(some: Partial<PastLaunch> & { readonly at: number }): PastLaunch {
  return {
    ...{ id: `at ${some.at}`, name: "Server", folder: "/shop", mode: "debug", totalMs: 0, phases: [] },
    ...{ host: { kind: "local", name: "here" }, outcome: "stopped", causes: [] },
    ...some,
  };
}

/** The same with 20 ms of start, a build of these parts (ms, number of items), and a load of `load` ms. */
export function builtOf(
  some: Partial<PastLaunch> & { readonly at: number },
  parts: Readonly<Partial<Record<BuildPart, readonly [number, number]>>>,
  load = 100,
): PastLaunch {
  const list = Object.entries(parts).map(([name, [ms, count]]) => ({ name: name as BuildPart, ms, count }));
  const build = list.reduce((sum, { ms }) => sum + ms, 0);
  return past({
    totalMs: 20 + build + load,
    phases: [
      { name: "start", ms: 20, parts: [] },
      { name: "build", ms: build, parts: list },
      { name: "load", ms: load, parts: [] },
    ],
    ...some,
  });
}
