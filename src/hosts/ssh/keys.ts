import type { SshTarget, Surroundings } from "./target.ts";

/** What a key file turned out to be. */
export interface KeyFile {
  /** The path of the private key, whether it is there or not. */
  readonly path: string;
  /**
   * plain: usable as it is. encrypted: needs a passphrase. security-key: an sk-* handle, the key itself is in a FIDO
   * token. public-only: only the .pub file is here, the private key may be in an agent. loose: OpenSSH refuses its
   * permissions. unreadable: not a key, too large, or not ours to read; `because` says which. missing: nothing there.
   */
  readonly state: "plain" | "encrypted" | "security-key" | "public-only" | "loose" | "unreadable" | "missing";
  /** "ssh-ed25519", "ecdsa-sha2-nistp256", "sk-ssh-ed25519@openssh.com" …, where it could be told without a passphrase. */
  readonly type?: string;
  /** The public key's SSH wire form, where it could be told without a passphrase. */
  readonly publicBlob?: Buffer;
  /** One line, for `loose` and `unreadable`. */
  readonly because?: string;
  /** A certificate lies beside it (`…-cert.pub`). */
  readonly certificate: boolean;
}

/** Looks at every identity file of a target, in the target's order. Never rejects. */
export function keyFilesOf(_target: SshTarget): Promise<KeyFile[]> {
  throw new Error("not written yet");
}

/** The bytes of a private key that `keyFilesOf` called plain or encrypted. Rejects with one line, which names the path. */
export function readKey(_path: string): Promise<Buffer> {
  throw new Error("not written yet");
}

/** One try of public-key authentication: with a key the agent holds, or with a key file. */
export type Attempt =
  | { readonly from: "agent"; readonly publicBlob: Buffer }
  | { readonly from: "file"; readonly file: KeyFile };

/**
 * What to try in which order, as OpenSSH does: agent keys that the configuration names, other agent keys (never with
 * IdentitiesOnly), then key files that the agent does not hold.
 */
export function attemptsOf(
  _files: readonly KeyFile[],
  _agentBlobs: readonly Buffer[],
  _identitiesOnly: boolean,
): Attempt[] {
  throw new Error("not written yet");
}

/** Where the agent answers, from IdentityAgent (as `ssh -G` prints it) and SSH_AUTH_SOCK. */
export function agentOf(_identityAgent: string | undefined, _surroundings: Surroundings): SshTarget["agent"] {
  throw new Error("not written yet");
}
