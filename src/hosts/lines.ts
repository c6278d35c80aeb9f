import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/**
 * Hands out the lines of a stream one by one. A line longer than `most` (bytes), which only somebody sends who means harm,
 * ends that: `tooLong` hears of it once, and what comes after is thrown away.
 */
export function eachLine(
  stream: Readable,
  most: number,
  onLine: (line: string) => void,
  tooLong: () => void,
): void {
  const decoder = new StringDecoder("utf8");
  let begun = "";
  let over = false;
  stream.on("data", (chunk: Buffer) => {
    if (over) return;
    const lines = (begun + decoder.write(chunk)).split("\n");
    begun = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    if (begun.length <= most) return;
    over = true;
    begun = "";
    tooLong();
  });
}
