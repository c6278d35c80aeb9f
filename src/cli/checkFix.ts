import { diffOf, sharedDiffOf } from "../fixes/preview.ts";
import type { Problem } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import { openDocument } from "../language/open.ts";
import type { Place } from "../language/places.ts";
import { fixAll } from "../language/quickFix.ts";
import { here } from "../remote/place.ts";
import { diffLines } from "../report/text.ts";
import { apply } from "./applyFix.ts";
import type { Screen } from "./screen.ts";

/** A file with its safe fixes made, before it is written. */
export interface Mended {
  readonly place: Place;
  readonly after: string;
  readonly fixed: readonly { readonly code: string; readonly title: string }[];
}

/** Makes the safe fixes in a document; nothing where there are none. */
export function mend(
  place: Place,
  document: Document,
  problemsIn: (document: Document) => readonly Problem[],
): Mended[] {
  const after = fixAll(document, problemsIn);
  if (after === document.text) return [];
  // A fix that the text stands in the way of, such as a key that is written twice, is asked for again.
  const left = safeIn(problemsIn(openDocument(document.file, document.kind, after)));
  const fixed = safeIn(problemsIn(document)).filter(({ code, title }) => {
    const same = left.findIndex((one) => one.code === code && one.title === title);
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  return [{ place, after, fixed }];
}

function safeIn(problems: readonly Problem[]): { readonly code: string; readonly title: string }[] {
  return problems.flatMap(({ code, fixes: [preferred] }) =>
    preferred?.safe ? [{ code, title: preferred.title }] : [],
  );
}

/** The diff of a mended file. In a pipe or a log without lines that may hold secrets. */
export function preview({ place: { file, text }, after }: Mended, { seen, brush }: Screen): string {
  const change = { kind: "text", file, before: text, after } as const;
  const nothing = { action: { kind: "launch.json", edits: [] } } as const;
  return `${diffLines(seen ? diffOf(change) : sharedDiffOf(nothing, change), brush).join("\n")}\n`;
}

/** Writes a mended file, and remembers how to take it back. False where it could not be written; it says why. */
export function write({ place: { file, text }, after }: Mended, screen: Screen): Promise<boolean> {
  return apply({ id: "check/fix" }, { kind: "text", file, before: text, after }, here, screen);
}
