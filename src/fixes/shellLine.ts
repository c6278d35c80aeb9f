/** A command as one line for a POSIX shell: what needs quotes gets them, so that the shell sees these very words. */
export function shellLine(argv: readonly string[]): string {
  return argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/**
 * The line to type, without sending it, into a terminal that the person sees. sudo asks there on its own tty, so no
 * password passes through this program.
 */
export function rootLine(argv: readonly string[]): string {
  return `sudo ${shellLine(argv)}`;
}
