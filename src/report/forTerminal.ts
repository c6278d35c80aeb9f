import { unprintable, withCodePoints } from "../core/unprintable.ts";

/** What we send a terminal, and what a program that is debugged may: line ends, tabs, colours, and our line drawn anew. */
const allowed = String.raw`\r?\n|\t|\r\u001b\[K|\u001b\[[\d;]*m`;
const either = new RegExp(`(${allowed})|${unprintable.source}`, "gu");

/** The last door before a terminal: all else that it would obey becomes its code point, whoever wrote it. */
export function forTerminal(text: string): string {
  return text.replace(either, (mark, fine?: string) => fine ?? withCodePoints(mark));
}
