/** How a JSON text is laid out: what an insertion must look like to be of a piece with it. */
export interface Layout {
  readonly eol: string;
  /** One level of indentation. */
  readonly unit: string;
}

/** Reads the layout off a text: its first line break and its first indented line. VS Code's own where there is none. */
export function layoutOf(text: string): Layout {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const unit = /^([ \t]+)["{[]/m.exec(text)?.[1] ?? "    ";
  return { eol, unit: unit.startsWith("\t") ? "\t" : unit };
}

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
}

/** The white space that the line of an offset starts with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

/** The offset behind spaces and tabs. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}

/** The offset behind white space and comments. */
export function skipTrivia(text: string, from: number): number {
  const trivia = /(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = from;
  return from + (trivia.exec(text)?.[0].length ?? 0);
}

/** The offset behind the comments that end on the line they start on, without the line break. */
export function skipLineComments(text: string, from: number): number {
  const comments = /(?:[ \t]*(?:\/\/[^\n\r]*|\/\*(?:[^*\n\r]|\*(?!\/))*\*\/))*/y;
  comments.lastIndex = from;
  return from + (comments.exec(text)?.[0].length ?? 0);
}

/** A JSON value as text. `indent` is that of the line it starts on; without it the value stays on that one line. */
export function render(value: unknown, layout: Layout, indent?: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const inner = indent === undefined ? undefined : indent + layout.unit;
  const items = isList
    ? value.map((item) => render(item, layout, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${render(item, layout, inner)}`);
  if (items.length === 0) return open + close;
  const line = items.join(", ");
  const flat =
    isList && line.length <= 80 && value.every((item) => typeof item !== "object" || item === null);
  if (inner === undefined || flat) return isList ? `[${line}]` : `{ ${line} }`;
  return [open, items.map((item) => inner + item).join(`,${layout.eol}`), indent + close].join(layout.eol);
}
