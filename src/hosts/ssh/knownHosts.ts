/** A known_hosts file that was read: its text, and where it lies. */
export interface KnownHostsFile {
  readonly path: string;
  readonly text: string;
}

/** Who answers, and with which key. */
export interface HostKeyQuestion {
  readonly files: readonly KnownHostsFile[];
  readonly host: string;
  readonly port: number;
  /** HostKeyAlias: looked up instead of host and port. */
  readonly alias?: string;
  /** "ssh-ed25519", "ssh-rsa" …: the first string of the blob. */
  readonly keyType: string;
  readonly keyBlob: Buffer;
}

/**
 * known: go on. unknown: ask, "no" is the default. changed and revoked: refuse, `file` and `line` say where, `remove`
 * is the command that removes the line. cert-authority: only a certificate authority is known for this host, and its
 * certificates are not understood here.
 */
export interface HostKeyVerdict {
  readonly kind: "known" | "unknown" | "changed" | "revoked" | "cert-authority";
  /** "SHA256:…" as ssh prints it. */
  readonly sha256: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** A command to show, never to run. */
  readonly remove?: readonly string[];
}

/** Judges the key that a host showed, as OpenSSH does. Pure. */
export function judgeHostKey(_question: HostKeyQuestion): HostKeyVerdict {
  throw new Error("not written yet");
}

/** The types of the keys that are known for a host: ask for these first in the handshake, as OpenSSH does. */
export function knownKeyTypes(
  _files: readonly KnownHostsFile[],
  _host: string,
  _port: number,
  _alias?: string,
): string[] {
  throw new Error("not written yet");
}

/** Reads those of the files that are there, each up to a cap. Rejects, naming the file, where one cannot be read. */
export function readKnownHosts(_paths: readonly string[]): Promise<KnownHostsFile[]> {
  throw new Error("not written yet");
}

/** The line that records a key, without its line end. */
export function knownHostLine(
  _key: Pick<HostKeyQuestion, "host" | "port" | "alias" | "keyType" | "keyBlob">,
  _hashed: boolean,
): string {
  throw new Error("not written yet");
}

/** Appends a line, after the person said yes. The file keeps its form; ~/.ssh is made 0700 and the file 0600. */
export function appendKnownHost(_file: string, _line: string): Promise<void> {
  throw new Error("not written yet");
}
