import type { Algorithms, KexAlgorithm, ServerHostKeyAlgorithm } from "ssh2";
import { say } from "../../core/say.ts";
import { type KnownHostsFile, knownKeyTypes } from "./knownHosts.ts";
import { sshFailure } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** What ssh2 1.17 has (its lib/protocol/constants.js); it throws at any other name. Without those built on SHA-1. */
const kexHere: readonly KexAlgorithm[] = [
  "curve25519-sha256",
  "curve25519-sha256@libssh.org",
  "ecdh-sha2-nistp256",
  "ecdh-sha2-nistp384",
  "ecdh-sha2-nistp521",
  "diffie-hellman-group-exchange-sha256",
  "diffie-hellman-group14-sha256",
  "diffie-hellman-group15-sha512",
  "diffie-hellman-group16-sha512",
  "diffie-hellman-group17-sha512",
  "diffie-hellman-group18-sha512",
];
const rsaHere: readonly ServerHostKeyAlgorithm[] = ["rsa-sha2-512", "rsa-sha2-256"];
const hostKeysHere: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  ...rsaHere,
];

/** The target's own key exchanges and kinds of host key, as far as ssh2 has them. */
export function sharedBy({ kexAlgorithms, hostKeyAlgorithms }: SshTarget): {
  readonly kex: readonly KexAlgorithm[];
  readonly hostKeys: readonly ServerHostKeyAlgorithm[];
} {
  return { kex: common(kexAlgorithms, kexHere), hostKeys: common(hostKeyAlgorithms, hostKeysHere) };
}

/**
 * What to offer in the handshake: the target's own algorithms as far as ssh2 has them, and first the kinds of host key
 * that known_hosts has, because a host that shows another of its keys would look like a changed one. Throws an
 * SshFailure where nothing is left to offer.
 */
export function algorithmsFor(target: SshTarget, files: readonly KnownHostsFile[]): Algorithms {
  const { alias, hostname, port, hostKeyAlias } = target;
  const { kex, hostKeys: allowed } = sharedBy(target);
  if (kex.length === 0 || allowed.length === 0)
    throw sshFailure(
      alias,
      "connect",
      say`the configuration allows no algorithm that is understood here`,
      true,
    );
  const known = knownKeyTypes(files, hostname, port, hostKeyAlias).flatMap((type): readonly string[] =>
    type === "ssh-rsa" ? rsaHere : [type],
  );
  const first = allowed.filter((name) => known.includes(name));
  return { kex: [...kex], serverHostKey: [...new Set([...first, ...allowed])] };
}

function common<T extends string>(wanted: readonly string[], here: readonly T[]): T[] {
  if (wanted.length === 0) return [...here];
  return wanted.flatMap((name) => here.filter((one) => one === name));
}
