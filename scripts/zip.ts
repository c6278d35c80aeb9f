/**
 * A zip file whose every entry is a plain file that all may read and its owner write (0644), whatever the modes of the files
 * that it was made of. Only its central directory is read and changed (APPNOTE.TXT 4.3.12 and 4.3.16). Throws where that is
 * not where the end of the file says, as in a zip with a comment or of more than 4 GB.
 */
export function withoutModes(zip: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(zip);
  for (const entry of entriesOf(changed)) entry.setUint32(attributesAt, plainFile, true);
  return changed;
}

/** The names of a zip file's entries, in its order. Throws like withoutModes. */
export function namesOf(zip: Uint8Array): readonly string[] {
  return entriesOf(zip).map((entry) => {
    const name = new Uint8Array(entry.buffer, entry.byteOffset + headerBytes, entry.getUint16(28, true));
    return new TextDecoder().decode(name);
  });
}

/** The upper half is the mode as Unix has it, a regular file with 0644; the lower half is what DOS has. */
const plainFile = 0o100_644 * 0x1_0000;
const attributesAt = 38;
const headerBytes = 46;
const endBytes = 22;

/** Each file's header in the central directory, from its first byte on. */
function entriesOf({ buffer, byteOffset, byteLength }: Uint8Array): readonly DataView[] {
  const view = new DataView(buffer, byteOffset, byteLength);
  const end = byteLength - endBytes;
  if (end < 0 || view.getUint32(end, true) !== 0x0605_4b50)
    throw new Error("this does not end as a zip file");
  const entries: DataView[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + headerBytes > end || view.getUint32(at, true) !== 0x0201_4b50)
      throw new Error(`no entry of a zip file is at byte ${at}`);
    entries.push(new DataView(buffer, byteOffset + at));
    at += headerBytes + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  return entries;
}
