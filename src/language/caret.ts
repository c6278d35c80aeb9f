import { getLocation } from "jsonc-parser";
import { splitBom } from "../config/text.ts";
import type { JsonPath } from "../core/fix.ts";
import type { Document, Stretch } from "./document.ts";

/** A place where something can be written: the stretch is what it takes the place of. */
export interface Caret extends Stretch {
  /** From the document's root; of a key, of the object that it is a key of. */
  readonly at: JsonPath;
  readonly is: "key" | "value";
  /** What is written in the string so far, up to the caret and behind it; undefined where no string is open. */
  readonly string?: { readonly before: string; readonly after: string };
  /** What the text goes on with: what is written here needs a comma before a neighbour, and a key no second colon. */
  readonly next: "neighbour" | "colon" | "end";
}

/** Where a value can begin, by what stands in front of it. */
const beforeValue = [":", "[", ","];
const beforeKey = ["{", ","];

/** What can be written at an offset of a JSON text, however broken; undefined where nothing can. */
export function caretAt(document: Document, offset: number): Caret | undefined {
  if (document.kind === "compose" || document.kind === "pod") return undefined;
  const { mark, body } = splitBom(document.text);
  const shift = mark.length;
  const at = offset - shift;
  const comments = document.comments.map(({ start, end, text }) => ({
    start: start - shift,
    // What is typed at the end of a line comment, or of one that is not closed, belongs to it.
    end: end - shift + (text.startsWith("//") || !text.endsWith("*/") ? 1 : 0),
  }));
  if (at < 0 || comments.some(({ start, end }) => start < at && at < end)) return undefined;
  const location = locationIn(body, at);
  if (location === undefined) return undefined;
  const replaced = replacedIn(body, at, location.previousNode);
  if (replaced === undefined) return undefined;
  const { start, end, string } = replaced;
  const is = location.isAtPropertyKey ? "key" : "value";
  const before = body[significantBefore(body, start, comments)] ?? "";
  if (!(is === "key" ? beforeKey : beforeValue).includes(before)) return undefined;
  return {
    at: is === "key" ? location.path.slice(0, -1) : location.path,
    is,
    start: start + shift,
    end: end + shift,
    next: nextOf(body, end, comments),
    ...(string !== undefined && { string }),
  };
}

function locationIn(body: string, at: number) {
  try {
    return getLocation(body, at);
  } catch {
    // Deep nesting runs the scanner out of stack.
    return undefined;
  }
}

type Node = ReturnType<typeof getLocation>["previousNode"];

/** The text around the caret that what is chosen takes the place of: a whole string, number or word. */
function replacedIn(
  body: string,
  at: number,
  node: Node,
): Pick<Caret, "start" | "end" | "string"> | undefined {
  if (node !== undefined && node.offset <= at && at <= node.offset + node.length) {
    const { offset: start, length } = node;
    const text = body.slice(start, start + length);
    if (!text.startsWith('"')) return { start, end: start + length };
    const before = body.slice(start + 1, at);
    if (!isClosed(text)) {
      // A string without an end takes the rest of its line along, which is not what is replaced.
      const end = at + (/^[^\s",\]}]*/.exec(body.slice(at))?.[0].length ?? 0);
      return { start, end, string: { before, after: body.slice(Math.max(at, start + 1), end) } };
    }
    if (at === start) return { start, end: start + length, string: { before: "", after: text.slice(1, -1) } };
    // Behind the closing quote comes a comma, not a value.
    if (at === start + length) return undefined;
    return { start, end: start + length, string: { before, after: body.slice(at, start + length - 1) } };
  }
  const start = at - (/[\w$.-]*$/.exec(body.slice(Math.max(0, at - 200), at))?.[0].length ?? 0);
  return { start, end: at + (/^[\w$.-]*/.exec(body.slice(at, at + 200))?.[0].length ?? 0) };
}

function isClosed(text: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/.test(text);
}

/** The offset of the last character before a place that is neither white nor in a comment; -1 where there is none. */
function significantBefore(body: string, from: number, comments: readonly Stretch[]): number {
  for (let at = from - 1; at >= 0; at -= 1) {
    const comment = comments.find(({ start, end }) => start <= at && at < end);
    if (comment !== undefined) at = comment.start;
    else if (!/\s/.test(body[at] ?? "")) return at;
  }
  return -1;
}

function nextOf(body: string, from: number, comments: readonly Stretch[]): Caret["next"] {
  for (let at = from; at < body.length; at += 1) {
    const comment = comments.find(({ start, end }) => start <= at && at < end);
    const letter = body[at] ?? "";
    if (comment !== undefined) at = comment.end - 1;
    else if (letter === ":") return "colon";
    else if (!/\s/.test(letter)) return /[,\]}]/.test(letter) ? "end" : "neighbour";
  }
  return "end";
}
