import assert from "node:assert/strict";
import { newIssue, repositoryOf, threadsOf, trackerOf } from "./issue.ts";
import type { Report } from "./report.ts";

function report(some: Partial<Report>, phase?: "start" | "build" | "load"): Report {
  return {
    ...({ version: 1, outcome: "failed", host: { kind: "local", name: "here" }, findings: [] } as const),
    launch: { name: "My secret project", request: "launch", mode: "debug", config: {} },
    timeline: {
      totalMs: 10,
      explainedMs: 0,
      phases: phase === undefined ? [] : [{ name: phase, ms: 10, startMs: 0, parts: [] }],
    },
    ...{ clear: [], unknown: [] },
    ...some,
  };
}
const finding = {
  ...({ cause: "yama", title: "The kernel lets nobody attach", certainty: "proven" } as const),
  ...{ because: "ada may not attach on build7.", evidence: [], fixes: [] },
};
const bodyIn = (url: string) => new URL(url).searchParams.get("body");

describe("an issue of a report", () => {
  it("has the threads of its cause, and no documents", () => {
    assert.deepEqual(
      threadsOf(["go-delve/delve#1741 Cannot attach", "https://go.dev/x", "/proc/x", "golang/go#3"]),
      [
        { name: "go-delve/delve#1741", url: "https://github.com/go-delve/delve/issues/1741" },
        { name: "golang/go#3", url: "https://github.com/golang/go/issues/3" },
      ],
    );
  });

  it("belongs to who builds, who starts dlv, or dlv", () => {
    assert.equal(trackerOf(report({}, "build")), "golang/go");
    assert.equal(trackerOf(report({}, "load")), "go-delve/delve");
    assert.equal(trackerOf(report({}, "start")), "golang/vscode-go");
    assert.equal(trackerOf(report({})), "golang/vscode-go");
    const waits = { ms: 1, waits: "resolve", tasks: [] } as const;
    assert.equal(trackerOf(report({ before: waits }, "load")), "golang/vscode-go");
  });

  it("is ours only where the manifest says where that is", () => {
    assert.equal(repositoryOf({}), undefined);
    assert.equal(repositoryOf({ repository: "https://example.org/x/y" }), undefined);
    for (const url of ["https://github.com/a/b.c.git", "github:a/b.c", "git@github.com:a/b.c.git"]) {
      assert.equal(repositoryOf({ repository: { type: "git", url } }), "a/b.c");
      assert.equal(repositoryOf({ repository: url }), "a/b.c");
    }
    assert.equal(repositoryOf({ bugs: { url: "https://github.com/a/b/issues" } }), "a/b");
  });

  it("is prefilled with the report, and its title names nobody", () => {
    const text = "**It is so.** & more = 100 % #1\n\n## Phases\n";
    const { title, body, url, isWhole } = newIssue(
      "go-delve/delve",
      report({ findings: [finding] }, "load"),
      text,
    );
    assert.equal(title, "Go debug launch (debug) failed in load: yama");
    assert.ok(url.startsWith("https://github.com/go-delve/delve/issues/new?title=Go%20debug"));
    assert.equal(bodyIn(url), body);
    assert.ok(body.endsWith(text) && isWhole);
    const plain = newIssue("golang/go", report({ outcome: "diagnosed" }), text);
    assert.equal(plain.title, "Go debug launch (debug)");
  });

  it("leaves out the diagram and what was ruled out, and the end where it does not fit, and closes what it cuts", () => {
    const gantt = "\n```mermaid\ngantt\n  section Launch\n```\n";
    const ruledOut = `\n<details><summary>Ruled out: 300</summary>\n\n${"- `cause`\n".repeat(300)}\n</details>\n`;
    const long = `top\n${gantt}${ruledOut}\n## Evidence\n\n\`\`\`\`text\n${"a line of it\n".repeat(2000)}\`\`\`\`\nend\n`;
    const { body, url, isWhole } = newIssue("golang/go", report({}, "build"), long);
    assert.equal(isWhole, false);
    assert.ok(url.length <= 7000 && url.length > 6900, `${url.length}`);
    assert.doesNotMatch(body, /mermaid|Ruled out|end\n/);
    assert.match(body, /top\n[\s\S]*a line of it\n````\n\n\(The rest of the report did not fit/);
    assert.equal(bodyIn(url), body);
    const small = newIssue("golang/go", report({}, "build"), `top\n${gantt}${ruledOut}\nend\n`);
    assert.ok(small.isWhole && small.body.endsWith("top\n\nend\n"), small.body);
  });

  it("fits whatever the script", () => {
    const { url, isWhole } = newIssue("golang/go", report({}), "构建\n".repeat(3000));
    assert.ok(url.length <= 7000 && !isWhole);
    assert.ok(newIssue("golang/go", report({}), "x".repeat(20_000)).url.length <= 7000);
  });
});
