import assert from "node:assert/strict";
import { type Cause, cause } from "../core/cause.ts";
import type { Host } from "../core/host.ts";
import { planned } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { noTimeline } from "../core/timeline.ts";
import { examine } from "./examine.ts";

const launch = { ...planned({ request: "launch", mode: "debug" }, "/p"), timeline: noTimeline };
const about = { what: "", notThis: "", sources: [], seen: "real" } as const;

const word = probe({ id: "word", argv: ["say"], read: ({ stdout }) => stdout });
const broken = probe<string>({
  id: "broken",
  argv: ["say"],
  read: () => {
    throw new Error("getenforce is not installed");
  },
});

/** A double: answers every probe of the script with its own number, framed as the script frames. */
function numbersHost(calls: string[]): Host {
  return {
    kind: "local",
    name: "double",
    run: async ({ stdin = "" }) => {
      calls.push(stdin);
      const nonce = /end\\n' ([0-9a-f-]{36})/.exec(stdin)?.[1];
      const count = Number(/-lt (\d+)/.exec(stdin)?.[1]);
      const frames = Array.from(
        { length: count },
        (_, index) => `\n${nonce} ${index} 0\n${index}\n${nonce} err\n`,
      );
      return { code: 0, stdout: `${frames.join("")}\n${nonce} end\n`, stderr: "", timedOut: false };
    },
  };
}

const deadHost: Host = {
  kind: "local",
  name: "build7",
  run: () => Promise.reject(new Error("spawn sh ENOENT")),
};

function finds(id: string, more: Partial<Cause> = {}): Cause {
  const one = cause({
    id,
    title: id,
    about,
    needs: { word },
    find: ({ word: said }) => ({ certainty: "proven", because: said, evidence: [], fixes: [] }),
  });
  return { ...one, ...more };
}

describe("an examination", () => {
  it("never calls proven what a rule knows from documents only, and says so", async () => {
    const recorded = finds("a", { about: { ...about, seen: "recorded" } });
    const { findings } = await examine(numbersHost([]), launch, [recorded, finds("b")]);
    assert.deepEqual(
      findings.map(({ cause, certainty, documented }) => [cause, certainty, documented]),
      [
        ["b", "proven", undefined],
        ["a", "likely", true],
      ],
    );
  });

  it("asks each probe once, all in one round trip", async () => {
    const calls: string[] = [];
    const { findings } = await examine(numbersHost(calls), launch, [finds("a"), finds("b")]);
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.match(/^job /gm)?.length, 1);
    assert.deepEqual(
      findings.map(({ cause: id, because }) => [id, because]),
      [
        ["a", "0"],
        ["b", "0"],
      ],
    );
  });

  it("asks nothing for a cause that this launch cannot have", async () => {
    const calls: string[] = [];
    const verdicts = await examine(numbersHost(calls), launch, [finds("a", { when: () => false })]);
    assert.deepEqual(verdicts, { findings: [], clear: ["a"], unknown: [] });
    assert.deepEqual(calls, []);
  });

  it("asks no other host what lies where the editor runs", async () => {
    const far: Host = { ...numbersHost([]), kind: "ssh" };
    const { clear } = await examine(far, launch, [finds("a", { where: "editor" })]);
    assert.deepEqual(clear, ["a"]);
    const { findings } = await examine(numbersHost([]), launch, [finds("a", { where: "editor" })]);
    assert.equal(findings.length, 1);
  });

  it("does not know what a probe could not settle, and goes on", async () => {
    const unsettled = cause({ id: "x", title: "", about, needs: { broken, word }, find: () => undefined });
    const verdicts = await examine(numbersHost([]), launch, [unsettled, finds("a")]);
    assert.deepEqual(verdicts.unknown, [{ cause: "x", because: "getenforce is not installed" }]);
    assert.equal(verdicts.findings.length, 1);
  });

  it("calls a crashed rule unknown", async () => {
    const crash = finds("a", {
      find: () => {
        throw new TypeError("boom");
      },
    });
    const { unknown } = await examine(numbersHost([]), launch, [crash]);
    assert.deepEqual(unknown, [{ cause: "a", because: "its rule failed: boom" }]);
  });

  it("knows nothing of a host that does not answer, and says why", async () => {
    const { unknown, clear } = await examine(deadHost, launch, [finds("a")]);
    assert.deepEqual(unknown, [{ cause: "a", because: "build7 cannot run sh: spawn sh ENOENT" }]);
    assert.deepEqual(clear, []);
  });

  it("says of a host without sh, as Windows is, that only the launch was judged", async () => {
    const host: Host = {
      kind: "local",
      name: "DESKTOP-1",
      run: () => Promise.reject(Object.assign(new Error("spawn sh ENOENT"), { code: "ENOENT" })),
    };
    const { unknown, findings } = await examine(host, launch, [finds("a"), finds("b", { needs: {} })]);
    const because = "DESKTOP-1 has no sh to ask with, so only what the launch itself showed was judged";
    assert.deepEqual(unknown, [{ cause: "a", because }]);
    assert.deepEqual(
      findings.map(({ cause }) => cause),
      ["b"],
    );
  });

  it("puts what explains time before what does not, then the surer, then the longer", async () => {
    const explain = (id: string, certainty: "proven" | "likely", ms?: number) =>
      finds(id, {
        find: () => ({
          certainty,
          because: "",
          evidence: [],
          fixes: [],
          ...(ms !== undefined && { explains: { phase: "build", ms } }),
        }),
      });
    const { findings } = await examine(numbersHost([]), launch, [
      explain("wrong", "proven"),
      explain("long", "likely", 9000),
      explain("short", "proven", 10),
      explain("sure", "proven", 500),
    ]);
    assert.deepEqual(
      findings.map((one) => one.cause),
      ["sure", "short", "long", "wrong"],
    );
  });
});
