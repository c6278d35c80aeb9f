/**
 * The words of a GOFLAGS, as go splits them: quotes of either kind hold a word together where they stand at its beginning,
 * and are plain letters elsewhere (cmd/internal/quoted). Undefined where such a quote is not closed.
 */
export function splitGoflags(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const quote = rest.charAt(0);
    const quoted = quote === "'" || quote === '"';
    const end = quoted ? rest.indexOf(quote, 1) : rest.search(/\s|$/);
    if (end < 0) return undefined;
    words.push(rest.slice(quoted ? 1 : 0, end));
    rest = rest.slice(quoted ? end + 1 : end).trimStart();
  }
  return words;
}
