import { say } from "../core/say.ts";
import { code, prose } from "../report/escape.ts";
import { findingSection } from "../report/markdown.ts";
import { duration, where } from "../report/words.ts";
import { previewsOf } from "./previews.ts";
import { resultWord, type SelfTest, type Step, sumOf, titleOf } from "./steps.ts";

const marks: Readonly<Record<Step["result"], string>> = { works: "✓", fails: "✗", "not-tried": "–" };

/** The page of a self-test for VS Code's Markdown preview. What came from outside is escaped, as in a report. */
export function selfTestMarkdown(test: SelfTest): string {
  const previews = previewsOf(test.findings);
  const head = [
    `# ${say`Delve self-test`}`,
    "",
    `**${sumOf(test)}** ${say`It took ${duration(test.ms)} ${prose(where(test.host))}.`}`,
    "",
    `| ${say`Part of a debug launch`} | ${say`Result`} | ${say`Time`} | ${say`What was seen`} |`,
    "| :--- | :--- | ---: | :--- |",
    ...test.steps.map(row),
  ];
  const sections = test.findings.map((one, index) => findingSection(one, index + 1, { previews }));
  return `${[head, ...sections].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Each result is a sign and a word: neither colour nor picture says it alone. */
function row({ id, result, ms, detail, because }: Step): string {
  const why = because === undefined ? [] : [say`because ${prose(because)}`];
  const seen = detail === undefined ? [] : [code(detail)];
  const cells = [
    titleOf(id),
    unbroken(`${marks[result]} ${resultWord(result)}`),
    ms === undefined ? "" : unbroken(duration(ms)),
    // Even within code a bar would end the cell.
    [...why, ...seen].join("; ").replaceAll(/(?<!\\)\|/g, "\\|"),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** A narrow window breaks the long cells first. */
function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}
