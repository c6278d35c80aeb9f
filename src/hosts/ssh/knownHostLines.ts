import { createHmac } from "node:crypto";
import { matchesPatterns } from "./hostPatterns.ts";
import { readPublicKey } from "./wire.ts";

/** One line of known_hosts that says something (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostEntry {
  /** Counted from 1. */
  readonly line: number;
  readonly marker: "none" | "revoked" | "cert-authority";
  /** The host field as it stands there: patterns with commas, or one hash. */
  readonly hosts: string;
  readonly keyType: string;
  readonly keyBlob: Buffer;
}

/** What a file says, and the lines that could not be read: OpenSSH skips them, so do we. */
export interface KnownHostLines {
  readonly entries: readonly KnownHostEntry[];
  readonly bad: readonly number[];
}

/** Reads the text of a known_hosts file. */
export function parseKnownHosts(text: string): KnownHostLines {
  const entries: KnownHostEntry[] = [];
  const bad: number[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const words = raw.split(/[ \t\r]+/).filter(Boolean);
    if (words[0] === undefined || words[0].startsWith("#")) continue;
    const entry = readEntry(words, index + 1);
    if (entry === undefined) bad.push(index + 1);
    else entries.push(entry);
  }
  return { entries, bad };
}

/**
 * A tab behind a marker counts as a space does. OpenSSH 9.2 does not read such a line at all, but a revocation that was
 * meant is better kept.
 */
function readEntry(words: readonly string[], line: number): KnownHostEntry | undefined {
  const marked = words[0]?.startsWith("@") === true;
  const [hosts, keyType, base64] = marked ? words.slice(1) : words;
  if (hosts === undefined || keyType === undefined || base64 === undefined || hosts.startsWith("@"))
    return undefined;
  const marker = marked ? words[0]?.slice(1) : "none";
  if (marker !== "none" && marker !== "revoked" && marker !== "cert-authority") return undefined;
  const keyBlob = readPublicKey(keyType, base64);
  if (keyBlob === undefined || (hosts.startsWith("|") && readHash(hosts) === undefined)) return undefined;
  return { line, marker, hosts, keyType, keyBlob };
}

/** Whether an entry is about this name: a host, `[host]:port`, or a HostKeyAlias. */
export function isAbout(entry: KnownHostEntry, name: string): boolean {
  const hash = readHash(entry.hosts);
  if (hash !== undefined) return hashName(name, hash.salt) === entry.hosts;
  return matchesPatterns(name.toLowerCase(), entry.hosts.toLowerCase().split(","));
}

/** The host field that hides a name: `|1|salt|HMAC-SHA1 of the name`, both in base64. */
export function hashName(name: string, salt: Buffer): string {
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

function readHash(hosts: string): { salt: Buffer } | undefined {
  const [, salt = "", hash = ""] = /^\|1\|([A-Za-z0-9+/=]+)\|([A-Za-z0-9+/=]+)$/.exec(hosts) ?? [];
  const bytes = Buffer.from(salt, "base64");
  // Both are as long as a SHA-1 is.
  return bytes.length === 20 && Buffer.from(hash, "base64").length === 20 ? { salt: bytes } : undefined;
}
