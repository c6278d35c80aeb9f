/**
 * What a reader does not see and a terminal or a model may obey: control characters but tab and line ends, format characters
 * (those that turn the direction of writing, and the tags that spell hidden text), the selectors that can spell it too, the
 * line separators of Unicode, and halves of a surrogate pair.
 */
const unseen = /(?![\t\n\r])\p{Cc}|\p{Cf}|\p{Cs}|[\u2028\u2029]|[\u{e0100}-\u{e01ef}]/gu;

/** A text that somebody else wrote with its unseen characters as their code points. */
export function clean(text: string): string {
  return text.replace(unseen, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A value of JSON with every text in it changed, names of properties too. `key` is the property that a text is the value of. */
export function mapTexts(value: unknown, change: (text: string, key: string) => string, key = ""): unknown {
  if (typeof value === "string") return change(value, key);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [clean(name), mapTexts(item, change, name)]),
  );
}
