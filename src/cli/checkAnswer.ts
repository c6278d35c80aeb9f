import type { Checked } from "../report/checked.ts";
import { checkedSarif } from "../report/checkedSarif.ts";
import { type CheckedLook, checkedText } from "../report/checkedText.ts";
import { jsonText } from "../report/jsonText.ts";
import { printable } from "../report/printable.ts";
import type { Described } from "../report/rulePage.ts";
import type { Screen } from "./screen.ts";
import { version } from "./version.ts";

const formats = ["text", "json", "sarif"] as const;
export type Format = (typeof formats)[number];

/** True where a word of --format is one. */
export function isFormat(word: string): word is Format {
  return formats.some((format) => format === word);
}

interface With {
  readonly described: readonly Described[];
  readonly lineOf: CheckedLook["lineOf"];
  readonly screen: Screen;
}

/** Answers on stdout; in text, what was looked at is said on stderr where there is nothing to answer. */
export function answerChecked(checked: Checked, format: Format, { described, lineOf, screen }: With): void {
  if (format === "json") screen.answer(`${jsonText(checked, 2)}\n`);
  else if (format === "sarif") screen.answer(`${jsonText(checkedSarif(checked, described, version), 2)}\n`);
  else answerText(checked, lineOf, screen);
}

function answerText(checked: Checked, lineOf: CheckedLook["lineOf"], screen: Screen): void {
  const { answer, progress, brush, seen } = screen;
  const { fixed, problems, files, unread } = checked;
  for (const { file, code, title } of fixed)
    answer(`${printable(file)}: ${brush.good("fixed")} ${code}: ${printable(title)}\n`);
  // What nobody watches is read later, on screens of any width.
  if (problems.length > 0)
    answer(checkedText(checked, { width: seen ? screen.width() : 160, brush, lineOf }));
  else if (files.length > 0)
    progress(`No problem in ${files.length} ${files.length === 1 ? "file" : "files"}.\n`);
  else if (unread.length === 0)
    progress(
      "There is no file here that configures a Go launch: no .vscode/launch.json, no *.code-workspace.\n",
    );
}
