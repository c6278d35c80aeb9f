import { unprintable } from "../core/unprintable.ts";

/**
 * A value as JSON that may be printed on a terminal: JSON.stringify leaves the control characters above U+007E as they are, and
 * the marks that turn the direction of writing. They can only stand within texts, where they are escaped: a reader gets the
 * same value. Ends without a line end.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(unprintable, (mark) =>
    mark === "\n"
      ? mark
      : Array.from({ length: mark.length }, (_, at) => escaped(mark.charCodeAt(at))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
