import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { say } from "../../core/say.ts";
import { isWild } from "./hostPatterns.ts";
import { hashName, isAbout, type KnownHostEntry, parseKnownHosts } from "./knownHostLines.ts";

/** A known_hosts file that was read: its text, and where it lies. */
export interface KnownHostsFile {
  readonly path: string;
  readonly text: string;
}

/** Who answers, and with which key. */
export interface HostKeyQuestion {
  readonly files: readonly KnownHostsFile[];
  /** The resolved host name, in lower case as `ssh -G` prints it. */
  readonly host: string;
  readonly port: number;
  /** HostKeyAlias: looked up instead of host and port. */
  readonly alias?: string;
  /** "ssh-ed25519", "ssh-rsa" …: the first string of the blob. */
  readonly keyType: string;
  readonly keyBlob: Buffer;
}

/**
 * known: go on. unknown: ask, "no" is the default. changed and revoked: refuse; `file` and `line` say where. A host
 * that shows a key of another type than the known ones has changed, as for OpenSSH. cert-authority: only a certificate
 * authority is known for this host, and certificates of hosts are not understood here.
 */
export interface HostKeyVerdict {
  readonly kind: "known" | "unknown" | "changed" | "revoked" | "cert-authority";
  /** "SHA256:…" as ssh prints it. */
  readonly sha256: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /**
   * The command that removes a changed key, to show and never to run. Absent where there is none: `ssh-keygen -R`
   * leaves revocations alone, and a line with wildcards speaks for other hosts too.
   */
  readonly remove?: readonly string[];
}

interface Place {
  readonly file: string;
  readonly entry: KnownHostEntry;
}

/**
 * Judges the key that a host showed, as OpenSSH does: a key known for the bare host counts for its other ports as well,
 * where those have no keys of their own. Stricter in one thing: a key revoked for the bare host is revoked on every port.
 */
export function judgeHostKey(question: HostKeyQuestion): HostKeyVerdict {
  const { files, host, port, alias, keyBlob } = question;
  const sha256 = fingerprint(keyBlob);
  const name = nameOf(host, port, alias);
  const own = entriesFor(files, name);
  const bare = name === host || alias !== undefined ? [] : entriesFor(files, host);
  const same = ({ entry }: Place) => entry.keyBlob.equals(keyBlob);
  const plain = own.filter(isPlain);

  const revoked = [...own, ...bare].find((place) => place.entry.marker === "revoked" && same(place));
  if (revoked !== undefined) return { kind: "revoked", sha256, ...at(revoked) };
  const known = plain.find(same) ?? (plain.length === 0 ? bare.filter(isPlain).find(same) : undefined);
  if (known !== undefined) return { kind: "known", sha256, ...at(known) };
  const changed = plain.find(({ entry }) => entry.keyType === question.keyType) ?? plain.at(-1);
  if (changed !== undefined) return { kind: "changed", sha256, ...at(changed), ...removal(changed, name) };
  const authority = own.find(({ entry }) => entry.marker === "cert-authority");
  if (authority !== undefined) return { kind: "cert-authority", sha256, ...at(authority) };
  return { kind: "unknown", sha256 };
}

/** The types of the keys that are known for a host: ask for these first in the handshake, as OpenSSH does. */
export function knownKeyTypes(
  files: readonly KnownHostsFile[],
  host: string,
  port: number,
  alias?: string,
): string[] {
  const own = entriesFor(files, nameOf(host, port, alias)).filter(isPlain);
  const places = own.length > 0 || alias !== undefined ? own : entriesFor(files, host).filter(isPlain);
  return [...new Set(places.map(({ entry }) => entry.keyType))];
}

/** Reads those of the files that are there. Rejects with one line that names the file where one cannot be read. */
export async function readKnownHosts(paths: readonly string[]): Promise<KnownHostsFile[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      try {
        return [{ path, text: await readFile(path, "utf8") }];
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" || code === "ENOTDIR") return [];
        throw new Error(say`${path} cannot be read: ${message}`);
      }
    }),
  );
  return files.flat();
}

/** The line that records a key, without its line end. `hashed` hides the name (HashKnownHosts). */
export function knownHostLine(
  key: Pick<HostKeyQuestion, "host" | "port" | "alias" | "keyType" | "keyBlob">,
  hashed: boolean,
): string {
  const name = nameOf(key.host, key.port, key.alias);
  const shown = hashed ? hashName(name, randomBytes(20)) : name.toLowerCase();
  return `${shown} ${key.keyType} ${key.keyBlob.toString("base64")}`;
}

/**
 * Appends a line, after the person said yes. What stands in the file stays as it is, and its line ends are kept; a
 * folder that is missing is made 0700 and a file 0600.
 */
export async function appendKnownHost(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a+", 0o600);
  try {
    const text = await handle.readFile("utf8");
    const end = /\r?\n/.exec(text)?.[0] ?? "\n";
    await handle.write(`${text === "" || text.endsWith("\n") ? "" : end}${line}${end}`);
  } finally {
    await handle.close();
  }
}

/** "SHA256:" and the digest in base64 without padding, as ssh and ssh-keygen print it. */
function fingerprint(keyBlob: Buffer): string {
  return `SHA256:${createHash("sha256").update(keyBlob).digest("base64").replace(/=+$/, "")}`;
}

function nameOf(host: string, port: number, alias: string | undefined): string {
  return alias ?? (port === 22 ? host : `[${host}]:${port}`);
}

function entriesFor(files: readonly KnownHostsFile[], name: string): Place[] {
  return files.flatMap(({ path, text }) =>
    parseKnownHosts(text)
      .entries.filter((entry) => isAbout(entry, name))
      .map((entry) => ({ file: path, entry })),
  );
}

function isPlain({ entry }: Place): boolean {
  return entry.marker === "none";
}

function at({ file, entry }: Place): { file: string; line: number } {
  return { file, line: entry.line };
}

function removal({ file, entry }: Place, name: string): { remove?: string[] } {
  const alone = entry.hosts.startsWith("|") || !entry.hosts.split(",").some(isWild);
  return alone ? { remove: ["ssh-keygen", "-f", file, "-R", name] } : {};
}
