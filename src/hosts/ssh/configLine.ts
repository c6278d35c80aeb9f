/** One line of ssh_config(5), taken apart so that its pieces joined are the line again. */
export interface ConfigLine {
  /** As it stands there; `Hostname` and `hostname` are one keyword. */
  readonly keyword: string;
  readonly indent: string;
  /** What stands between keyword and arguments: blanks, at most one `=` among them. */
  readonly separator: string;
  /** The arguments as they stand there, with quotes, without what follows them. */
  readonly value: string;
  /** Blanks and a comment behind the arguments. */
  readonly rest: string;
  /** The arguments without quotes and escapes. */
  readonly args: readonly string[];
}

/** Takes one line apart; undefined for blank lines, comments, and lines that ssh refuses (an open quote). */
export function readConfigLine(line: string): ConfigLine | undefined {
  const [, indent = "", keyword = "", separator = ""] =
    /^([ \t\r\f]*)([^\s="#]+)([ \t\r\f]*=[ \t\r\f]*|[ \t\r\f]+|$)/.exec(line) ?? [];
  if (keyword === "") return undefined;
  const behind = line.slice(indent.length + keyword.length + separator.length);
  const words = readWords(behind);
  if (words === undefined) return undefined;
  const value = behind.slice(0, words.end);
  return { keyword, indent, separator, value, rest: behind.slice(words.end), args: words.args };
}

/**
 * Splits like OpenSSH since 8.7: blanks part words, single and double quotes keep them, a backslash keeps a quote, a
 * backslash or (outside quotes) a blank, and `#` at the start of a word begins a comment.
 */
function readWords(text: string): { args: string[]; end: number } | undefined {
  const args: string[] = [];
  let end = 0;
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    if (text[at] === "#") break;
    let word = "";
    let quote = "";
    for (; at < text.length && (quote !== "" || !/\s/.test(text.charAt(at))); at += 1) {
      const char = text.charAt(at);
      const next = text.charAt(at + 1);
      if (char === "\\" && next !== "" && (/["'\\]/.test(next) || (quote === "" && next === " "))) {
        word += next;
        at += 1;
      } else if (quote === "" && /["']/.test(char)) quote = char;
      else if (char === quote) quote = "";
      else word += char;
    }
    if (quote !== "") return undefined;
    args.push(word);
    end = at;
  }
  return { args, end };
}
