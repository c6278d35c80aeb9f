/** A language: what stands for each English text. A text is known by its words, with {0}, {1} … for what is put in. */
export type Language = Readonly<Record<string, string>>;

let spoken: Language = {};

/**
 * Has `say` speak this language from now on, as VS Code's bundles hold one (`l10n/bundle.l10n.zh-cn.json`). What a module
 * says when it is loaded is said in the language of that moment, so a shell calls this before it loads anything else.
 */
export function speak(language: Language): void {
  spoken = language;
}

/**
 * What a person reads, in their language: ``say`go build takes ${time}` `` looks up "go build takes {0}". English where the
 * language has no such text. What is put in is data (a path, a number, a name) or was said before, never a piece of a word.
 */
export function say(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const english = texts.reduce((all, text, index) => `${all}{${index - 1}}${text}`);
  const said = Object.hasOwn(spoken, english) ? spoken[english] : undefined;
  return (said ?? english).replaceAll(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
