import { englishBundle } from "../../scripts/l10n.ts";
import type { Language } from "../../src/core/say.ts";

const accents: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú" };

/**
 * A language that nobody speaks: each text in brackets and each of its small vowels with an accent, what is put in as it is.
 * So a small vowel without one is data, or was never said.
 */
export function foreignLanguage(): Language {
  return Object.fromEntries(Object.keys(englishBundle()).map((english) => [english, foreign(english)]));
}

function foreign(english: string): string {
  return `⟦${english.replaceAll(/[aeiou]/g, (letter) => accents[letter] ?? letter)}⟧`;
}
