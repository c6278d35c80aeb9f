import { constants } from "node:fs";
import { access, open, readFile, stat } from "node:fs/promises";
import { say } from "../../core/say.ts";
import { type KeyBody, keyBody } from "./keyBody.ts";
import type { AgentPlace, SshTarget, Surroundings } from "./target.ts";
import { readPublicKey } from "./wire.ts";

/** OpenSSH reads no larger key file. Bytes. */
const maxBytes = 1024 * 1024;

/** What a key file turned out to be. */
export interface KeyFile {
  /** The path of the private key, whether it is there or not. */
  readonly path: string;
  /**
   * plain: usable as it is. encrypted: needs a passphrase. security-key: an sk-* handle, the key itself is in a FIDO
   * token. other-form: a private key in a form that the system's ssh reads and ssh2 does not. public-only: only the .pub
   * file is here, the private key may be in an agent. loose: OpenSSH refuses its permissions. unreadable: not a key, too
   * large, or not ours to read; `because` says which. missing: nothing there.
   */
  readonly state: KeyBody["state"] | "public-only" | "loose" | "unreadable" | "missing";
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
export function keyFilesOf(target: Pick<SshTarget, "identityFiles">): Promise<KeyFile[]> {
  return Promise.all(target.identityFiles.map(({ path }) => lookAt(path)));
}

async function lookAt(path: string): Promise<KeyFile> {
  const certificate = await isThere(`${path}-cert.pub`);
  // An IdentityFile may name a public key whose other half an agent holds.
  const own = await readPub(path);
  if (own !== undefined) return { path, certificate, ...own, state: "public-only" };
  const beside = await readPub(`${path}.pub`);
  const about = { path, certificate, ...beside };
  let text: Buffer;
  try {
    text = await readKey(path);
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR")
      return { ...about, state: beside === undefined ? "missing" : "public-only" };
    return { ...about, state: name === "LooseKey" ? "loose" : "unreadable", because: message };
  }
  const body = keyBody(text);
  if (body === undefined)
    return { ...about, state: "unreadable", because: say`${path} is not a private key` };
  return { ...about, ...body };
}

/**
 * The bytes of a private key that `keyFilesOf` called plain or encrypted. Rejects with one line, which names the path;
 * the error's name is "LooseKey" where others may read the key: as OpenSSH, of the user's own files only.
 */
export async function readKey(path: string): Promise<Buffer> {
  // A FIFO of that name must not hold us up.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new Error(say`${path} is not a file`);
    if (about.size > maxBytes) throw new Error(say`${path} is larger than any key`);
    if (about.uid === process.getuid?.() && (about.mode & 0o077) !== 0) {
      const shown = (about.mode & 0o777).toString(8).padStart(4, "0");
      const why = say`others may read ${path} (permissions ${shown}), so ssh refuses it; chmod 600 makes it private`;
      throw Object.assign(new Error(why), { name: "LooseKey" });
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** A public key's file; undefined where it is not one. */
async function readPub(path: string): Promise<Pick<KeyFile, "type" | "publicBlob"> | undefined> {
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile() !== true || about.size > maxBytes) return undefined;
  const text = await readFile(path, "latin1").catch(() => "");
  const [type = "", base64 = ""] = text.trim().split(/\s+/, 2);
  const publicBlob = readPublicKey(type, base64);
  return publicBlob === undefined ? undefined : { type, publicBlob };
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
  files: readonly KeyFile[],
  agentBlobs: readonly Buffer[],
  identitiesOnly: boolean,
): Attempt[] {
  const isSame = (a: Buffer, b: Buffer | undefined) => b !== undefined && a.equals(b);
  const held = (file: KeyFile) => agentBlobs.some((blob) => isSame(blob, file.publicBlob));
  const named = files.flatMap(({ publicBlob }) =>
    agentBlobs.filter((blob) => isSame(blob, publicBlob)).slice(0, 1),
  );
  const others = identitiesOnly ? [] : agentBlobs.filter((blob) => !named.includes(blob));
  const usable = files.filter(({ state }) => state === "plain" || state === "encrypted");
  return [
    ...[...new Set([...named, ...others])].map((publicBlob): Attempt => ({ from: "agent", publicBlob })),
    ...usable.filter((file) => !held(file)).map((file): Attempt => ({ from: "file", file })),
  ];
}

/**
 * Where the agent answers, from IdentityAgent (as `ssh -G` prints it) and SSH_AUTH_SOCK. On Windows the agent of
 * OpenSSH has a named pipe of a fixed name; that was not tried.
 */
export function agentOf(identityAgent: string | undefined, { env, platform }: Surroundings): AgentPlace {
  const usual = platform === "win32" ? "\\\\.\\pipe\\openssh-ssh-agent" : undefined;
  const variable = identityAgent === undefined ? "SSH_AUTH_SOCK" : variableOf(identityAgent);
  const path = variable === undefined ? identityAgent : (env[variable] ?? usual);
  if (path === undefined || path === "" || path === "none") return { kind: "none" };
  return { kind: "socket", path };
}

/** IdentityAgent may name a variable: SSH_AUTH_SOCK as it is, others behind a dollar. */
function variableOf(identityAgent: string): string | undefined {
  return identityAgent === "SSH_AUTH_SOCK" ? identityAgent : /^\$\{?(\w+)\}?$/.exec(identityAgent)?.[1];
}

/** Whether something of that name is there. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
