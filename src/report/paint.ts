/** Emphasis for a terminal. Nothing is said by it alone: a plain text says the same. */
export interface Paint {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
}

const same = (text: string) => text;

/** SGR codes of ECMA-48, the ones that every terminal of today knows. */
const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;

/** Gives the painter, or one that leaves every text as it is. */
export function paint(color: boolean): Paint {
  if (!color) return { strong: same, faint: same, good: same, bad: same };
  return { strong: sgr(1, 22), faint: sgr(2, 22), good: sgr(32, 39), bad: sgr(31, 39) };
}
