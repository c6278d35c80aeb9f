import { isUnprintable } from "../core/unprintable.ts";

/**
 * A command as one line for a POSIX shell: what needs quotes gets them, so that the shell sees these very words. The line may
 * be typed into a terminal or pasted: no word of it holds a character that a terminal takes for a key. One that would is
 * spelled in `$'…'`, for bash, ksh, zsh and POSIX sh since 2024; an older sh takes it for another word, and never for a command.
 */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (isUnprintable(word)) return `$'${spelled(word)}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Three octal digits for each byte that is no plain letter: a digit that follows is then none of them. */
function spelled(word: string): string {
  return Array.from(Buffer.from(word), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[\w@%+=:,./ -]/.test(sign) ? sign : `\\${byte.toString(8).padStart(3, "0")}`;
  }).join("");
}

/**
 * The line to type, without sending it, into a terminal that the person sees. sudo asks there on its own tty, so no
 * password passes through this program.
 */
export function rootLine(argv: readonly string[]): string {
  return `sudo ${shellLine(argv)}`;
}
