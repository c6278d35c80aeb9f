import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A home of its own for this user. OpenSSH asks the user database for ~, and glob(3), which it uses for Include, $HOME. */
export interface OwnHome {
  readonly home: string;
  /** What runs a program with that home: put before its argv. */
  readonly inside: readonly string[];
  remove(): void;
}

/** Makes a home with files (by relative path, for this user's eyes only). Needs root and mount namespaces, as a private sshd does. */
export function ownHome(files: Readonly<Record<string, string>>): OwnHome {
  const folder = mkdtempSync(join(tmpdir(), "delve-doctor-home-"));
  const home = join(folder, "home");
  const passwd = join(folder, "passwd");
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  }
  const uid = String(process.getuid?.());
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const moved = lines.map((line) => {
    const fields = line.split(":");
    return fields[2] === uid ? fields.with(5, home).join(":") : line;
  });
  writeFileSync(passwd, moved.join("\n"));
  const script = 'mount --bind "$0" /etc/passwd && HOME=$1 && export HOME && shift && exec "$@"';
  return {
    home,
    inside: ["unshare", "-m", "sh", "-c", script, passwd, home],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
