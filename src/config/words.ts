import { say } from "../core/say.ts";

/**
 * Splits `args` that are written as one text, as golang.go does: spaces part words, quotes of either kind hold them
 * together, a backslash takes a quote its meaning. Throws an Error with one line where a quote is not closed.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    const next = text.charAt(index + 1);
    if (letter === "\\" && (next === "'" || next === '"')) {
      word = (word ?? "") + next;
      index += 1;
    } else if (quote !== undefined) {
      if (letter === quote) quote = undefined;
      else word = (word ?? "") + letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= "";
    } else if (letter !== " ") word = (word ?? "") + letter;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (quote !== undefined) throw new Error(say`"args" has an opening ${quote} that is not closed`);
  return word === undefined ? words : [...words, word];
}
