/**
 * The README for a package that knows no place on the web: an editor shows neither a picture nor a page beside it, so the
 * pictures go and a link to a file is only its words.
 */
export function readmeAlone(text: string): string {
  return text
    .replaceAll(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm, "")
    .replaceAll(/\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, "$1");
}
