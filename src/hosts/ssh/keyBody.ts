import ssh2 from "ssh2";
import { wireStrings } from "./wire.ts";

/** What the text of a private key tells without its passphrase. */
export interface KeyBody {
  readonly state: "plain" | "encrypted" | "security-key" | "other-form";
  readonly type?: string;
  readonly publicBlob?: Buffer;
}

/** Reads a private key's text; undefined where it is none. */
export function keyBody(text: Buffer): KeyBody | undefined {
  const head = text.toString("latin1", 0, 200);
  const label = /^\s*-----BEGIN ([A-Z ]*)PRIVATE KEY-----/.exec(head)?.[1]?.trim();
  switch (label) {
    case undefined:
      return undefined;
    case "OPENSSH":
      return openSshBody(text);
    case "RSA":
    case "DSA":
    case "EC":
      return /^Proc-Type: 4,ENCRYPTED/m.test(head) ? { state: "encrypted" } : plainBody(text);
    default:
      // PKCS#8, with a passphrase or without.
      return { state: "other-form" };
  }
}

/**
 * OpenSSH's own form (its PROTOCOL.key): a magic word, three strings (cipher, key derivation and its options), the count
 * of keys, the public key in the clear.
 */
function openSshBody(text: Buffer): KeyBody | undefined {
  const base64 = text
    .toString("latin1")
    .replace(/-----[^-]*-----/g, "")
    .replace(/\s+/g, "");
  const bytes = Buffer.from(base64, "base64");
  const magic = "openssh-key-v1\0";
  if (bytes.toString("latin1", 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  const next = (): Buffer => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  const cipher = next().toString("latin1");
  next();
  next();
  at += 4;
  const publicBlob = next();
  const type = wireStrings(publicBlob)?.[0]?.toString("latin1");
  if (type === undefined) return undefined;
  if (type.startsWith("sk-")) return { state: "security-key", type, publicBlob };
  if (cipher !== "none") return { state: "encrypted", type, publicBlob };
  return plainBody(text) ?? { state: "other-form", type, publicBlob };
}

function plainBody(text: Buffer): KeyBody | undefined {
  const key = ssh2.utils.parseKey(text);
  return key instanceof Error
    ? undefined
    : { state: "plain", type: key.type, publicBlob: key.getPublicSSH() };
}
