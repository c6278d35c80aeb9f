import assert from "node:assert/strict";
import { foreignLanguage } from "../../test/lab/foreign.ts";
import { stalledReport } from "../../test/lab/sampleReport.ts";
import { speak } from "../core/say.ts";
import { reportMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { reportText } from "./text.ts";

/** What a report has besides data: its own words are known by these. */
const ids = new Set(["outcome", "certainty", "scope", "kind", "phase", "waits"]);

/** The report with a sign in the place of every text of others, so that what is left in words is ours. */
function withoutData(report: Report): Report {
  const bare = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return ids.has(key) ? value : "①";
    if (Array.isArray(value)) return value.map((one) => bare(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, bare(one, name)]));
  };
  const { timeline, ...rest } = report;
  const phases = timeline.phases.map((one) => ({ ...one, parts: [] }));
  return { ...(bare(rest, "") as Omit<Report, "timeline">), timeline: { ...timeline, phases } };
}

/** What of a report is in English: no text has a small vowel without an accent but diagrams, code, tags and names. */
function english(text: string): string[] {
  const own = text.replaceAll(/```[\s\S]*?```|`[^`\n]*`|<\/?\w+>|\b(?:dlv|VS Code|link)\b/g, "");
  return own.split("\n").filter((line) => /[aeiou]/.test(line));
}

describe("a report in a foreign language", () => {
  before(() => speak(foreignLanguage()));
  after(() => speak({}));

  const ends = ["initialized", "stopped", "exited", "failed", "stalled", "cancelled", "diagnosed"] as const;
  const plain = withoutData(stalledReport);
  const tasks = [{ name: "①", ms: 2000, running: true }];
  const phases = plain.timeline.phases.map((one) => ({
    ...one,
    slowest: [{ name: "①", part: "link" as const, ms: 100 }],
  }));
  const unset = [{ at: "①", text: "①" }];
  const variants: readonly Partial<Report>[] = [
    ...ends.flatMap((outcome): Partial<Report>[] => [
      { outcome },
      { outcome, findings: [], timeline: { ...plain.timeline, phases: [], totalMs: 0 } },
    ]),
    ...(["ssh", "docker", "kubectl"] as const).map(
      (kind): Partial<Report> => ({
        host: { kind, name: "①", rttMs: 2 },
        before: { ms: 5000, tasks },
      }),
    ),
    ...(["task", "resolve"] as const).map(
      (waits): Partial<Report> => ({
        findings: [],
        before: { ms: 5000, waits, tasks },
      }),
    ),
    { timeline: { ...plain.timeline, unset, phases } },
  ];
  for (const variant of variants)
    it(`has no English word left in it: ${JSON.stringify(variant).slice(0, 60)}`, () => {
      const report = { ...plain, ...variant };
      const options = { before: report, versions: ["①"] };
      assert.deepEqual(english(reportMarkdown(report, options)), []);
      assert.deepEqual(english(reportText(report, { color: false, width: 1000 })), []);
    });

  it("is seen to have one where it was not said", () => {
    speak({});
    const text = reportMarkdown(plain);
    speak(foreignLanguage());
    assert.ok(english(text).includes("## Phases"));
  });
});
