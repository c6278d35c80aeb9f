import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** SHT_NOBITS of elf(5): such a section has a size, and nothing in the file. */
const withoutBytes = 8;

/** What C compilers and their start files leave in every binary that they had a part in, and Go's own linker never makes. */
const foreign: ReadonlySet<string> = new Set([".comment", ".init", ".init_array", ".eh_frame"]);

/**
 * True for a whole ELF binary that Go's linker made from nothing but Go's packages. Go knows by their hashes whether those have
 * changed; of the C libraries that another linker puts in it only knows the names (cmd/go/internal/work, linkActionID), so
 * such a binary may be out of date without Go's seeing it. False for what is no ELF file or cannot be read.
 */
export async function isLinkedByGo(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    // Neither a symbolic link, which leads elsewhere tomorrow.
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const names = await sectionNames(file);
    return names.includes(".go.buildinfo") && !names.some((name) => foreign.has(name));
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** The names of an ELF file's sections (elf(5)). Throws where it is none, or not all of it is there. */
async function sectionNames(file: FileHandle): Promise<string[]> {
  const header = await read(file, 0, 64);
  if (header.readUInt32BE(0) !== 0x7f454c46) throw new Error("not an ELF file");
  const wide = header[4] === 2;
  const little = header[5] === 1;
  const short = (from: Buffer, at: number) => (little ? from.readUInt16LE(at) : from.readUInt16BE(at));
  const word = (from: Buffer, at: number) => (little ? from.readUInt32LE(at) : from.readUInt32BE(at));
  const offset = (from: Buffer, at: number) => {
    if (!wide) return word(from, at);
    return Number(little ? from.readBigUInt64LE(at) : from.readBigUInt64BE(at));
  };
  const size = short(header, wide ? 58 : 46);
  const count = short(header, wide ? 60 : 48);
  const table = await read(file, offset(header, wide ? 40 : 32), size * count);
  const sections = Array.from({ length: count }, (_, index) =>
    table.subarray(index * size, (index + 1) * size),
  );
  const ends = sections
    .filter((section) => word(section, 4) !== withoutBytes)
    .map((section) => offset(section, wide ? 24 : 16) + offset(section, wide ? 32 : 20));
  if (Math.max(...ends) > (await file.stat()).size) throw new Error("the file ends too early");
  const texts = sections[short(header, wide ? 62 : 50)];
  if (texts === undefined) throw new Error("an ELF file without names of sections");
  const strings = await read(file, offset(texts, wide ? 24 : 16), offset(texts, wide ? 32 : 20));
  return sections.map((section) => {
    const at = word(section, 0);
    return strings.toString("latin1", at, strings.indexOf(0, at));
  });
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error("the file ends too early");
  return buffer;
}
