/**
 * What a text must not show as it is: control characters, which a terminal obeys (it moves its cursor, clears lines, renames its
 * window, writes the clipboard, and takes them for keys where they are typed); marks that turn the direction of writing or
 * are not seen at all, by which one name looks like another; line ends that are none of ASCII; halves of characters. The sign
 * that makes a picture of a letter (U+FE0F) is harmless and common.
 */
const marks = String.raw`\p{Cc}\p{Cs}\u2028\u2029\ufff9-\ufffb\u{e0000}-\u{e0fff}`;

/** Finds each of them. */
export const unprintable: RegExp = new RegExp(
  `[${marks}]|(?!\\ufe0f)\\p{Default_Ignorable_Code_Point}`,
  "gu",
);

/** True where a text holds one. */
export function isUnprintable(text: string): boolean {
  return text.search(unprintable) >= 0;
}

/** Each of them as its code point in braces, which nobody takes for a part of the text. */
export function withCodePoints(text: string): string {
  return text.replace(unprintable, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
}
