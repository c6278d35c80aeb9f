import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes the 64-bit ELF program `from` to `to` with its debug information `times` times over, as a program has it that is
 * so much larger: units name their abbreviations and lines by absolute places, so a second copy of one is as good as the
 * first. The program must have been linked with -compressdwarf=false.
 */
export function inflateDwarf(from: string, to: string, times: number): void {
  const file = readFileSync(from);
  const at = Number(file.readBigUInt64LE(40));
  const [size, count, names] = [file.readUInt16LE(58), file.readUInt16LE(60), file.readUInt16LE(62)];
  const header = (index: number) => at + index * size;
  const place = (index: number) => Number(file.readBigUInt64LE(header(index) + 24));
  const nameOf = (index: number) => {
    const start = place(names) + file.readUInt32LE(header(index));
    return file.toString("latin1", start, file.indexOf(0, start));
  };
  const index = Array.from({ length: count }, (_, one) => one).find((one) => nameOf(one) === ".debug_info");
  if (index === undefined) throw new Error(`${from} has no section .debug_info`);
  const start = place(index);
  const section = file.subarray(start, start + Number(file.readBigUInt64LE(header(index) + 32)));
  const all = Buffer.concat([file, ...Array.from({ length: times }, () => section)]);
  all.writeBigUInt64LE(BigInt(file.length), header(index) + 24);
  all.writeBigUInt64LE(BigInt(section.length * times), header(index) + 32);
  writeFileSync(to, all, { mode: 0o755 });
}
