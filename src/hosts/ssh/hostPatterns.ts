/** Whether a pattern of ssh_config(5) matches a whole text: `*` is any run of characters, `?` any one. Case counts. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  // Where to go on after a mismatch: behind the last star, one character of the text further.
  let star: { pattern: number; text: number } | undefined;
  while (at < text.length) {
    if (pattern[next] === "*") {
      star = { pattern: next + 1, text: at };
      next += 1;
    } else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === text[at])) {
      next += 1;
      at += 1;
    } else if (star !== undefined) {
      star = { pattern: star.pattern, text: star.text + 1 };
      next = star.pattern;
      at = star.text;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(next));
}

/** Whether some pattern matches and no `!negated` one does. A list of negated patterns alone never matches. */
export function matchesPatterns(text: string, patterns: readonly string[]): boolean {
  const hits = patterns.filter((pattern) => matchesPattern(text, pattern.replace(/^!/, "")));
  return hits.length > 0 && !hits.some((pattern) => pattern.startsWith("!"));
}

/** Whether a pattern stands for more than one name, or for none. */
export function isWild(pattern: string): boolean {
  return /[*?!]/.test(pattern);
}
