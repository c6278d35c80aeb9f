import assert from "node:assert/strict";
import { builtOf, past } from "../../test/lab/past.ts";
import { differenceOf } from "../core/difference.ts";
import type { PastLaunch } from "../core/history.ts";
import { differenceMarkdown, differenceWords, shiftWords } from "./difference.ts";
import { pastMarkdown, pastSentence, pastWords } from "./past.ts";

const launch = (at: number, link: number, some: Partial<PastLaunch> = {}) =>
  builtOf({ at, ...some }, { compile: [500, some.mode === "cold" ? 121 : 3], link: [link, 1] });
const steady = [400, 410, 395].map((ms, at) => launch(at, ms));
const tools = { go: "1.25.1", dlv: "1.27.1" };
const words = (before: PastLaunch, after: PastLaunch) =>
  differenceWords(differenceOf(before, after, [...steady, before, after]));

describe("two launches side by side", () => {
  it("have one sentence: what changed most, and since when", () => {
    const before = launch(10, 400, tools);
    const cases: readonly (readonly [PastLaunch, string])[] = [
      [launch(11, 2500, { ...tools, go: "1.26.3" }), "link +2.1 s since Go 1.26.3 (was 1.25.1)"],
      [
        launch(11, 2500, { go: "1.26.3", dlv: "1.28.0" }),
        "link +2.1 s since Go 1.26.3 (was 1.25.1), dlv 1.28.0 (was 1.27.1)",
      ],
      [launch(11, 2500, tools), "link +2.1 s; Go, Delve and the machine are the same"],
      [launch(11, 2500), "link +2.1 s"],
      [launch(11, 2500, { ...tools, mode: "cold" }), "link +2.1 s with 121 packages compiled (were 3)"],
      [
        launch(11, 2500, { ...tools, go: "1.26.3", mode: "cold" }),
        "link +2.1 s since Go 1.26.3 (was 1.25.1), with 121 packages compiled (were 3)",
      ],
      [
        launch(11, 2500, { ...tools, host: { kind: "ssh", name: "lab" } }),
        "link +2.1 s since it runs on lab (was on here)",
      ],
      [
        launch(11, 420, { ...tools, go: "1.26.3" }),
        "No difference beyond what launches of this configuration vary by anyway.",
      ],
      [
        launch(11, 2500, { outcome: "failed" }),
        "The later launch did not come to its goal: failed in load after 3.1 s.",
      ],
    ];
    for (const [after, expected] of cases) assert.equal(words(before, after), expected);
    assert.equal(words(launch(10, 2500, tools), launch(11, 400, tools)).slice(0, 11), "link −2.1 s");
    assert.equal(
      words(launch(10, 1, { outcome: "cancelled" }), launch(11, 1)),
      "The later launch came to its goal, the earlier one did not: cancelled in load after 621 ms.",
    );
    assert.equal(
      words(launch(10, 1, { outcome: "cancelled" }), launch(11, 1, { outcome: "failed" })),
      "Neither launch came to its goal, so there are no times to compare.",
    );
  });

  it("have a page with every time, and nothing made of what is usual", () => {
    const before = launch(10, 400, tools);
    const after = launch(11, 2500, { ...tools, go: "1.26.3", causes: [{ id: "slow-disk", because: "x" }] });
    const page = differenceMarkdown(differenceOf(before, after, [...steady, before, after]), {
      time: (at) => `10:${at}`,
      shift: "Slower since a <b>while</b>.",
    });
    assert.equal(
      page,
      `**link \\+2.1 s since Go 1.26.3 (was 1.25.1)**

Slower since a &lt;b&gt;while&lt;/b&gt;.

| Phase | 10:10 | 10:11 | Difference |
| :--- | ---: | ---: | ---: |
| start | 20 ms | 20 ms | within the usual |
| build | 900 ms | 3.0 s | **+2.1 s** |
| · compile | 500 ms | 500 ms | within the usual |
| · link | 400 ms | 2.5 s | **+2.1 s** |
| load | 100 ms | 100 ms | within the usual |
| **all** | 1.0 s | 3.1 s | **+2.1 s** |

## What else is not the same

- Go 1.26.3 (was 1.25.1)
- \`slow-disk\` was found in the later launch alone
`,
    );
  });

  it("say that they are of two configurations, or start two programs", () => {
    const page = (before: PastLaunch, after: PastLaunch) =>
      differenceMarkdown(differenceOf(before, after, []), { time: String });
    const [a, b] = [{ program: "a" }, { program: "b" }];
    assert.match(page(launch(1, 1), launch(2, 1, { name: "Client" })), /configurations: Server and Client\./);
    assert.match(page(launch(1, 1, a), launch(2, 1, b)), /^These are two programs: a and b\.$/m);
    assert.doesNotMatch(page(launch(1, 1, a), launch(2, 1, a)), /These are/);
  });

  it("say which way a whole history went", () => {
    const shift = {
      ...({ name: "load", before: 110, after: 1300, counts: [4, 3] } as const),
      since: [{ kind: "dlv", from: "1.26.0", to: "1.27.1" }] as const,
    };
    assert.equal(
      shiftWords(shift),
      "Slower since dlv 1.27.1 (was 1.26.0): load takes 1.3 s, it took 110 ms (medians of 3 and 4 launches).",
    );
    assert.match(
      shiftWords({ ...shift, name: "all", before: 2000 }),
      /^Faster .* the whole launch takes 1\.3 s/,
    );
  });
});

describe("a remembered launch", () => {
  it("is told in few words, and in whole ones", () => {
    const one = launch(1, 2500);
    assert.equal(pastWords(one), "3.1 s · build 3.0 s");
    assert.equal(pastSentence(one), "Server was launched on here: 3.1 s · build 3.0 s");
    assert.equal(pastWords({ ...one, outcome: "failed" }), "failed in load after 3.1 s");
    assert.equal(pastWords(past({ at: 1, outcome: "failed", totalMs: 5 })), "failed after 5 ms");
    assert.equal(pastWords(past({ at: 1, outcome: "cancelled", totalMs: 5 })), "cancelled after 5 ms");
    assert.equal(
      pastSentence({ ...one, outcome: "cancelled" }),
      "Server was not launched on here: cancelled in load after 3.1 s",
    );
  });

  it("has a page of its own, in which nothing of others means anything", () => {
    const one = launch(1, 2500, {
      ...tools,
      name: "[x](command:y)",
      causes: [{ id: "slow-disk", because: "<img src=x> is slow." }],
    });
    const page = pastMarkdown(one, { time: () => "today" });
    assert.match(page, /^\*\*\\\[x\\\]\(command:y\) was launched on here/);
    assert.match(page, /\| build \| 3\.0 s \| 96 % \| compile 500 ms \(3\), link 2\.5 s \(1\) \|/);
    assert.match(page, /- &lt;img src=x&gt; is slow\. \(`slow-disk`\)\n\n- Go 1\.25\.1, Delve 1\.27\.1\n/);
    assert.doesNotMatch(page, /<img/);
  });
});
