import assert from "node:assert/strict";
import type { LaunchEvent } from "./event.ts";
import type { ProcessSample } from "./process.ts";
import { slowestPackages } from "./slowest.ts";

const work = "/tmp/go-build42";

function tool(pid: number, ...argv: readonly string[]): ProcessSample {
  const [name = ""] = argv;
  return { pid, ppid: 2, name, argv, state: "R", cpuMs: 10 };
}

const compile = (pid: number, name: string, directory = "b002") =>
  tool(pid, "compile", "-o", `${work}/${directory}/_pkg_.a`, "-p", name);

function samples(...all: readonly (readonly [number, readonly ProcessSample[]])[]): LaunchEvent[] {
  return all.map(([t, processes]) => ({ t, kind: "sample", sample: { processes } }));
}

describe("the slowest packages of a build", () => {
  it("took the time from the middle before they were seen to the middle after, the slowest first", () => {
    const events = samples(
      [1000, []],
      [2000, [compile(3, "runtime", "b003"), compile(4, "net", "b004")]],
      [3000, [compile(3, "runtime", "b003")]],
      [4000, [compile(3, "runtime", "b003"), compile(5, "errors", "b005")]],
      [4100, [tool(6, "link", "-o", `${work}/b001/exe/a.out`)]],
    );
    assert.deepEqual(slowestPackages(events, 500, 6000), [
      { name: "runtime", part: "compile", ms: 2550 },
      { name: "main", part: "link", ms: 1950 },
      { name: "net", part: "compile", ms: 1000 },
      { name: "errors", part: "compile", ms: 550 },
    ]);
  });

  it("have their C files counted once, however many compilers are at work on them", () => {
    const cgo = tool(3, "cgo", "-objdir", `${work}/b009/`, "-importpath", "example.com/sqlite");
    const gcc = (pid: number, argument: string) => tool(pid, "gcc", "-I", ".", argument);
    const events = samples(
      [1000, [cgo]],
      [2000, [gcc(4, `-ffile-prefix-map=${work}/b009=/tmp/go-build`), tool(5, "as", "-o", "/tmp/cc1.o")]],
      [3000, [gcc(4, `${work}/b009/`), gcc(6, `${work}/b009/_x002.o`)]],
      [4000, [compile(7, "example.com/sqlite", "b009")]],
      [4200, []],
    );
    assert.deepEqual(slowestPackages(events, 1000, 5000), [
      { name: "example.com/sqlite", part: "cgo", ms: 2500 },
      { name: "example.com/sqlite", part: "compile", ms: 600 },
    ]);
  });

  it("are five at most, and none that was short", () => {
    const events = samples(
      [100, []],
      ...Array.from({ length: 8 }, (_, index): [number, ProcessSample[]] => [
        index * 1000 + 200,
        [compile(index + 3, `p${index}`)],
      ]),
      [8000, [compile(20, "short")]],
      [8010, []],
    );
    const found = slowestPackages(events, 0, 9000);
    assert.equal(found.length, 5);
    assert.ok(!found.some(({ name }) => name === "short"));
  });

  it("are not told of a build that was short itself", () => {
    const events = samples([100, [compile(3, "runtime")]], [3500, []]);
    assert.deepEqual(slowestPackages(events, 0, 3900), []);
  });
});
