import assert from "node:assert/strict";
import { breakpointFiles, nothingStops, unsetBreakpoints } from "./breakpoints.ts";
import { noTimeline, type Timeline } from "./timeline.ts";

const hollow = { verified: false, message: "could not find file" };

function timeline(breakpoints: Timeline["breakpoints"], phase: "configure" | "run" = "run"): Timeline {
  return { ...noTimeline, breakpoints, phases: [{ name: phase, startMs: 0, ms: 1, parts: [] }] };
}

describe("breakpoints that are not set", () => {
  it("are those at lines, with file and line, once the configuration is done", () => {
    const all = [
      { at: "/w/a:b.go:12", ...hollow },
      { at: "C:\\w\\a.go:3", verified: false },
      { at: "/w/c.go:1", verified: true },
      { at: "main.main", ...hollow },
    ];
    assert.deepEqual(unsetBreakpoints(timeline(all)), [
      { at: "/w/a:b.go:12", file: "/w/a:b.go", line: 12, message: "could not find file" },
      { at: "C:\\w\\a.go:3", file: "C:\\w\\a.go", line: 3, message: "" },
    ]);
    assert.deepEqual(unsetBreakpoints(timeline(all, "configure")), []);
  });

  it("let nothing stop the program where they are all there are", () => {
    const one = { at: "/w/a.go:1", ...hollow };
    assert.equal(nothingStops(timeline([one])), true);
    assert.equal(nothingStops(timeline([one, { at: "/w/b.go:1", verified: true }])), false);
    assert.equal(nothingStops(timeline([one, { at: "main.main", verified: true }])), false);
    assert.equal(nothingStops(timeline([])), false);
  });

  it("come first among the files, each of which is named once, and not all of hundreds", () => {
    const set = { at: "/w/set.go:1", verified: true };
    const many = Array.from({ length: 300 }, (_, index) => ({
      at: `/w/${index >> 1}.go:${index}`,
      ...hollow,
    }));
    assert.deepEqual(breakpointFiles(timeline([set, ...many.slice(0, 4)])), [
      "/w/0.go",
      "/w/1.go",
      "/w/set.go",
    ]);
    assert.equal(breakpointFiles(timeline(many)).length, 20);
  });
});
