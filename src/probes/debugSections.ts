import { probe } from "../core/probe.ts";
import { programFile } from "./binary.ts";

/** How much debug information a program has, in bytes and unpacked, as dlv has to read it. */
export interface DebugSections {
  readonly path: string;
  readonly fileBytes: number;
  /** .debug_info alone, which dlv reads from its beginning to its end at every load. */
  readonly infoBytes: number;
  readonly allBytes: number;
}

/**
 * Reads the section headers of the program's 64-bit ELF file with od, and of compressed sections what they unpack to
 * (elf(5), SHF_COMPRESSED). Undefined where there is no such file or it is of another kind.
 */
export const debugSections = probe({
  id: "debug-sections",
  args: (launch) => [programFile(launch)],
  sh: `
f=$1
[ -n "$f" ] && [ -r "$f" ] || exit 0
number() { od -An -v -tu"$2" -j "$1" -N "$2" "$f" | tr -d ' '; }
[ "$(od -An -v -tx1 -N 6 "$f" | tr -d ' \\n')" = 7f454c460201 ] || exit 0
at=$(number 40 8) size=$(number 58 2) count=$(number 60 2) last=$(number 62 2)
[ "$at" -gt 0 ] && [ "$size" = 64 ] || exit 0
case $f in /proc/*) echo "path $(readlink "$f")" ;; *) echo "path $f" ;; esac
echo "file $(wc -c <"$f")"
from=$(number $((at + 64 * last + 24)) 8)
bytes=$(number $((at + 64 * last + 32)) 8)
echo "names $(tail -c +$((from + 1)) "$f" | head -c "$bytes" | od -An -v -tx1 | tr -d ' \\n')"
od -An -v -w64 -tu8 -j "$at" -N $((64 * count)) "$f" | while read -r name flags address offset length rest; do
  whole=$length
  [ $((flags & 2048)) = 0 ] || whole=$(number $((offset + 8)) 8)
  echo "section $((name % 4294967296)) $whole"
done
exit 0
`,
  read({ stdout }): DebugSections | undefined {
    const path = /^path (.+)$/m.exec(stdout)?.[1];
    const names = /^names ([\da-f]+)$/m.exec(stdout)?.[1];
    if (path === undefined || names === undefined) return undefined;
    const sections = Array.from(stdout.matchAll(/^section (\d+) (\d+)$/gm), ([, at, bytes]) => ({
      name: nameAt(names, Number(at)),
      bytes: Number(bytes),
    })).filter(({ name }) => /^\.debug_/.test(name));
    const total = (all: typeof sections) => all.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      path,
      fileBytes: Number(/^file (\d+)$/m.exec(stdout)?.[1] ?? 0),
      infoBytes: total(sections.filter(({ name }) => name === ".debug_info")),
      allBytes: total(sections),
    };
  },
});

/** A name of the string table, which is given in hexadecimal, from a byte on to the next zero. */
function nameAt(hex: string, at: number): string {
  let name = "";
  for (let place = at * 2; place < hex.length && hex.slice(place, place + 2) !== "00"; place += 2)
    name += String.fromCharCode(Number.parseInt(hex.slice(place, place + 2), 16));
  return name;
}
