/** One word of POSIX sh, whatever it holds. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Names that our scripts use themselves, or that a shell refuses to change and would end for. */
const kept = /^(dd_\w*|LAUNCH_PATH|UID|EUID|PPID|BASHOPTS|SHELLOPTS|BASH_VERSINFO)$/;

/**
 * The lines that put an environment into a script. The values stand in the script's text, which is fed on stdin, and so
 * never show in a process list. What is no name of a variable, and what would lead the script itself astray, is left out:
 * a user's variable must never stand where a script keeps what it removes at the end.
 */
export function exportLines(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !kept.test(name))
    .map(([name, value]) => `export ${name}=${quote(value)}`);
}
