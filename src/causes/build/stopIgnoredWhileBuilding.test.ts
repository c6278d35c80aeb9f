import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { orphanBuilds } from "../../probes/orphanBuilds.ts";
import { stopIgnoredWhileBuilding } from "./stopIgnoredWhileBuilding.ts";

const row = (ppid: number, parent: string) =>
  `build 400 ${ppid} 8888 12 3 0 ${parent}\noutput /my w/__debug_bin1\ncwd /my w\n`;
const here = { __buildDir: "/my w" };
const read = (text: string) => orphanBuilds.read(answer(text), launchOf({}));

describe("stop-ignored-while-building", () => {
  it("names the build that nobody waits for, and ends exactly that", () => {
    const found = judge(
      stopIgnoredWhileBuilding,
      { orphans: read(row(1, "systemd")) },
      launchOf(here, underWay),
    );
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "go build (pid 400) of a launch that is over still runs after 12 s: its dlv is gone.",
    );
    assert.match(
      found.evidence[0] ?? "",
      /-o \/my w\/__debug_bin1 in \/my w, 3 processes below it, its parent is systemd \(pid 1\)/,
    );
    const [fix] = found.fixes;
    assert.ok(fix?.preferred && fix.action.kind === "command");
    assert.deepEqual(fix.action.argv.slice(3), ["end", "400", "8888", "INT", "TERM"]);
    const elsewhere = judge(
      stopIgnoredWhileBuilding,
      { orphans: read(row(1, "systemd")) },
      launchOf({ __buildDir: "/other" }),
    );
    assert.equal(elsewhere, undefined, "it is no launch of this program");
    assert.equal(judge(stopIgnoredWhileBuilding, { orphans: read("") }, launchOf(here, underWay)), undefined);
  });

  it("knows a build that a subreaper took over, and leaves alone one whose parent is dlv or a shell", () => {
    assert.equal(read(row(900, "systemd")).length, 1);
    for (const parent of ["dlv", "bash", "make", ""]) assert.deepEqual(read(row(900, parent)), []);
    assert.deepEqual(read(row(1, "dlv")), [], "dlv is process 1 of its container");
  });

  it("offers each of two builds for itself, the first preferred", () => {
    const orphans = read(row(1, "init") + row(1, "init").replace("400", "401"));
    const found = judge(stopIgnoredWhileBuilding, { orphans }, launchOf(here));
    assert.deepEqual(
      found?.fixes.map(({ id, preferred }) => [id, preferred]),
      [
        ["stop-ignored-while-building/end", true],
        ["stop-ignored-while-building/end-401", false],
      ],
    );
    assert.equal(
      judge(stopIgnoredWhileBuilding, { orphans }, launchOf({ ...here, mode: "exec" })),
      undefined,
    );
  });
});
