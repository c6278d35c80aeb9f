/** What a body says at its top level. Throws as soon as it begins like no JSON object. */
export interface TopLevel {
  /** Takes the next bytes of the body. */
  push(bytes: Buffer): void;
}

/** More (bytes) of a name or a text than any that counts has, written with every letter escaped. */
const longest = 256;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);
const blank = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Reads the texts and the words (`true`, `false`, `null`, numbers) at the top level of a JSON object that is too big to be
 * held, and tells `tell` each with its name, in order and whenever a name comes again: a reader that parses takes the last.
 * What is no valid JSON may be told wrongly, and is read by nobody.
 */
export function topLevel(tell: (name: string, value: string | boolean) => void): TopLevel {
  let depth = 0;
  let inText = false;
  let escaped = false;
  let taken: number[] = [];
  let text: string | undefined;
  let name: string | undefined;

  const endText = () => {
    inText = false;
    text = taken.length > longest ? "" : read(taken);
  };
  const endMember = () => {
    if (name !== undefined && text !== undefined) tell(name, text);
    name = text = undefined;
  };
  const inside = (byte: number) => {
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = true;
    else if (byte === quote) {
      if (depth === 1) endText();
      else inText = false;
      return;
    }
    if (depth === 1 && taken.length <= longest) taken.push(byte);
  };
  const outside = (byte: number) => {
    if (byte === quote) {
      inText = true;
      taken = [];
    } else if (opening.has(byte)) depth += 1;
    else if (closing.has(byte)) {
      if (depth === 1) endMember();
      depth -= 1;
    } else if (depth === 1) between(byte);
  };
  const between = (byte: number) => {
    if (byte === colon) {
      name = text;
      text = undefined;
    } else if (byte === comma) endMember();
    // Of the words only one counts: that something failed.
    else if (byte === 0x66 && name !== undefined && text === undefined) tell(name, false);
  };

  return {
    push(bytes) {
      for (const byte of bytes) {
        if (inText) inside(byte);
        else if (depth === 0 && byte !== 0x7b && !blank.has(byte)) throw new Error("no JSON object");
        else outside(byte);
      }
    },
  };
}

function read(bytes: readonly number[]): string {
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString("utf8")}"`));
  } catch {
    return "";
  }
}
