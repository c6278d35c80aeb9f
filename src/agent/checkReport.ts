import { hidden } from "../core/redact.ts";
import { masked } from "../fixes/masked.ts";
import { spliceOf } from "../fixes/splice.ts";
import type { Problem, QuickFix } from "../language/check.ts";
import type { Document, Stretch } from "../language/document.ts";
import { linesOf } from "../language/lines.ts";
import { edit } from "../language/quickFix.ts";
import type { CheckedFix, CheckedProblem, Region } from "../report/checked.ts";

/** The problems of a document as they are answered: lines and columns in place of offsets, texts in place of edits. */
export function checkedProblems(
  document: Document,
  file: string,
  problems: readonly Problem[],
  ruleIds: ReadonlyMap<string, string>,
): CheckedProblem[] {
  const regionOf = regionsIn(document.text);
  return problems.map(({ code, severity, message, tag, related, fixes, ...stretch }) => ({
    file,
    ...regionOf(stretch),
    code,
    rule: ruleIds.get(code) ?? code,
    severity,
    message,
    ...(tag !== undefined && { tag }),
    related: related.map((other) => ({ ...regionOf(other), message: other.message })),
    fixes: fixes.map((fix) => checkedFix(document, fix, regionOf)),
  }));
}

function checkedFix(
  document: Document,
  { title, safe, edits }: QuickFix,
  regionOf: (stretch: Stretch) => Region,
): CheckedFix {
  const edited = edit(document, edits);
  if ("refused" in edited || edited.text === document.text) return { title, safe: false, edits: [] };
  // An edit may move what it does not change. The answer is kept in logs: values of env and args are not to be in it.
  const own = edits.map((one) => ({ ...one, at: one.at.slice(one.at.lastIndexOf("env")) }));
  const change = { kind: "text", file: document.file, before: document.text, after: edited.text } as const;
  const shown = masked({ action: { kind: "launch.json", edits: own } }, change);
  if (spliceOf(shown.before ?? "", shown.after ?? "").inserted.includes(hidden))
    return { title, safe, edits: [] };
  const { at, removed, inserted } = spliceOf(document.text, edited.text);
  return {
    title,
    safe,
    edits: [{ ...regionOf({ start: at, end: at + removed.length }), newText: inserted }],
  };
}

/** Gives lines and columns of stretches of a text. Editors keep a byte order mark out of the first line, and so do we. */
function regionsIn(text: string): (stretch: Stretch) => Region {
  const lines = linesOf(text);
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const place = (offset: number) => {
    const line = lines.at(offset);
    const column = offset - lines.start(line) + 1;
    return { line: line + 1, column: line === 0 ? Math.max(1, column - mark) : column };
  };
  return ({ start, end }) => {
    const [from, to] = [place(start), place(end)];
    return { ...from, endLine: to.line, endColumn: to.column };
  };
}

/**
 * Gives the line of a problem as whoever reads the answer may see it: on the person's own terminal as it is, elsewhere
 * without the values of env and args, and only where nothing is hidden before the end of the mark.
 */
export function linesFor(document: Document, seen: boolean): (problem: Region) => string | undefined {
  const split = (whole: string) => whole.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const lines = split(document.text);
  const shown = seen ? lines : split(shareable(document));
  return ({ line, column, endLine, endColumn }) => {
    const own = lines[line - 1];
    const given = shown.length === lines.length ? shown[line - 1] : undefined;
    const end = endLine === line ? endColumn : column;
    return given?.slice(0, end - 1) === own?.slice(0, end - 1) ? given : undefined;
  };
}

function shareable({ file, text, flaws }: Document): string {
  // Behind a fault nobody can tell what is a value of env.
  if (flaws.some(({ code }) => code === "DLV001")) return "";
  const nothing = { action: { kind: "launch.json", edits: [] } } as const;
  return masked(nothing, { kind: "text", file, before: text, after: null }).before ?? "";
}
