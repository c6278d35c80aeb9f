/** The lines of a text, whatever ends them, counted from 0. */
export interface Lines {
  /** The line that an offset is on. */
  at(offset: number): number;
  /** The offset at which a line starts. */
  start(line: number): number;
}

/** Finds the lines of a text. */
export function linesOf(text: string): Lines {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
  return {
    at(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    start: (line) => starts[line] ?? text.length,
  };
}
