import { say } from "../core/say.ts";
import { type Paint, paint } from "../report/paint.ts";
import { printable } from "../report/printable.ts";
import { findingLines, type TextOptions } from "../report/text.ts";
import { duration, where } from "../report/words.ts";
import { previewsOf } from "./previews.ts";
import { resultWord, type SelfTest, type Step, stepIds, sumOf, titleOf } from "./steps.ts";

const marks: Readonly<Record<Step["result"], string>> = { works: "✓", fails: "✗", "not-tried": "–" };

/** How wide a text is in a terminal, in columns: Chinese characters take two. */
function columns(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (/[\u1100-\u115f\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** A step as one line of the table, newline at the end: what came of it, what it is about, its time, and what was seen or why. */
export function stepLine({ id, result, ms, detail, because }: Step, brush: Paint = paint(false)): string {
  const word = pad(`${marks[result]} ${resultWord(result)}`, wordWidth());
  const title = pad(titleOf(id), Math.max(...stepIds.map((one) => columns(titleOf(one)))));
  const time = (ms === undefined ? "" : duration(ms)).padStart(10);
  const why = because === undefined ? undefined : say`because ${printable(because)}`;
  const rest = [why, detail === undefined ? undefined : printable(detail)].filter((one) => one !== undefined);
  const mark = result === "fails" ? brush.bad(word) : result === "works" ? brush.good(word) : word;
  return `${`  ${mark}  ${title} ${time}  ${rest.join("; ")}`.trimEnd()}\n`;
}

function wordWidth(): number {
  return Math.max(...(Object.keys(marks) as Step["result"][]).map((one) => columns(resultWord(one)))) + 2;
}

/** What comes behind the table: the sum of it, and the causes that were found, with their fixes. */
export function closingText(test: SelfTest, options: Omit<TextOptions, "previews">): string {
  const brush = paint(options.color);
  const sum = `${sumOf(test)} ${say`It took ${duration(test.ms)} ${where(test.host)}.`}`;
  const shown = { ...options, previews: previewsOf(test.findings) };
  const found = test.findings.map((one, index) => findingLines(one, index + 1, shown, brush).join("\n"));
  return `\n${[brush.strong(sum), ...found].join("\n\n")}\n`;
}

/** The whole of it, as it stands on the terminal in the end. */
export function selfTestText(test: SelfTest, options: Omit<TextOptions, "previews">): string {
  const brush = paint(options.color);
  return test.steps.map((step) => stepLine(step, brush)).join("") + closingText(test, options);
}
