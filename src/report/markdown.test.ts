import assert from "node:assert/strict";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { assertGolden } from "../../test/lab/golden.ts";
import {
  afterLongBuild,
  healthyReport,
  stalledPreviews,
  stalledReport,
} from "../../test/lab/sampleReport.ts";
import { reportMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";

/** As VS Code's built-in preview is set up (extensions/markdown-language-features, markdownEngine.ts). */
const preview = new MarkdownIt({ html: true, linkify: true });
preview.linkify.set({ fuzzyLink: false });

describe("the report in Markdown", () => {
  it("tells a stalled launch", () => {
    const versions = ["Delve Doctor 0.1.0", "dlv 1.27.1"];
    assertGolden("stalled.md", reportMarkdown(stalledReport, { previews: stalledPreviews, versions }));
  });

  it("tells a healthy launch", () => {
    assertGolden("healthy.md", reportMarkdown(healthyReport));
  });

  it("names the slowest packages of a long build", () => {
    assert.match(
      reportMarkdown(afterLongBuild(healthyReport)),
      /## Slowest packages of the build\n\n- `example\.com\/sqlite`: cgo, about 1 min 01 s\n- `runtime`: compile, about 1\.2 s\n- `main`: link, about 810 ms\n/,
    );
  });

  const attacks = [
    "[click](command:workbench.action.quit)",
    "<img src=x onerror=alert(1)>",
    "<command:x>",
    "https://evil.example/a",
    "//evil.example/a",
    "mail@evil.example",
    "www.evil.example",
    "command:workbench.action.quit",
    "![x](https://evil.example)",
    "` <b>out of code</b> `",
    "```\n<b>out of the block</b>\n```",
    "a | b\n\n# heading\n\n<script>x</script>",
    "</details><b>",
    "[ref]\n\n[ref]: command:x",
    "&lt;b&gt; &#60;b&#62;",
    "\\<b>",
    "mailto:a@b.example",
    "(https://evil.example)",
    "x:https://evil.example",
  ];
  for (const attack of attacks) {
    it(`lets no link or HTML in by ${JSON.stringify(attack)}`, () => assertHarmless(attack));
  }

  it("lets no link or HTML in by anything put together of Markdown's own signs", () => {
    const sign = fc.constantFrom(
      ..."<>`[]()!\\|*_#&;:/@.\n -~$=+".split(""),
      "http://a.example",
      "command:x",
      "b",
    );
    const texts = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(""));
    fc.assert(fc.property(texts, assertHarmless), { numRuns: 400 });
  });
});

/** The same report with `text` in every place that holds foreign text renders with the same tags. */
function assertHarmless(text: string): void {
  const html = preview.render(reportMarkdown(filled(text), { previews: previewsOf(text), versions: [text] }));
  assert.doesNotMatch(html, /<a\b|<img\b|<script\b|<command\b/i);
  const tags = Array.from(html.matchAll(/<\/?([a-z]\w*)/gi), ([, tag]) => tag?.toLowerCase());
  const own = /^(p|h2|h3|table|thead|tbody|tr|th|td|ul|li|strong|code|pre|details|summary)$/;
  assert.deepEqual(
    tags.filter((tag) => !own.test(tag ?? "")),
    [],
  );
  const plain = preview.render(reportMarkdown(filled("x"), { previews: previewsOf("x"), versions: ["x"] }));
  for (const tag of ["<h2", "<table", "<details"])
    assert.equal(html.split(tag).length, plain.split(tag).length, `${tag} in ${JSON.stringify(text)}`);
}

function previewsOf(text: string): Map<string, string> {
  return new Map([["module-download-blocked/remove-goproxy", text]]);
}

function filled(text: string): Report {
  const [finding] = stalledReport.findings;
  assert.ok(finding);
  return {
    ...stalledReport,
    host: { kind: "local", name: text },
    launch: {
      ...stalledReport.launch,
      name: text,
      mode: text,
      config: { name: text },
      dlv: { argv: [text], cwd: text },
    },
    findings: [
      {
        ...finding,
        because: text,
        title: text,
        evidence: [text, `two\n${text}`],
        fixes: finding.fixes.map((fix) => ({
          ...fix,
          title: text,
          action: fix.action.kind === "advice" ? { kind: "advice", text } : fix.action,
        })),
      },
    ],
    unknown: [{ cause: "x", because: text }],
  };
}
