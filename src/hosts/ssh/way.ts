import type { KeyFile } from "./keys.ts";
import type { SshTarget } from "./target.ts";

/** Which program makes the connection. `because` is why the system's ssh must, in words that follow "because". */
export type Way = { readonly by: "ssh2" } | { readonly by: "ssh"; readonly because: string };

/** Key exchanges and host keys that ssh2 1.17 knows (its lib/protocol/constants.js). */
const kex =
  /^(curve25519-sha256(@libssh\.org)?|ecdh-sha2-nistp(256|384|521)|diffie-hellman-group(-exchange-sha(1|256)|1-sha1|14-sha(1|256)|1[5-8]-sha512))$/;
const hostKeys = /^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|rsa-sha2-(256|512)|ssh-rsa|ssh-dss)$/;

/** The ways to log in that ssh2 has. */
const methods = ["publickey", "keyboard-interactive", "password"];

/** Decides for one target, hops not looked at: whoever chains asks for each hop. */
export function wayOf(target: SshTarget, keys: readonly KeyFile[]): Way {
  const because = why(target, keys);
  return because === undefined ? { by: "ssh2" } : { by: "ssh", because };
}

function why(target: SshTarget, keys: readonly KeyFile[]): string | undefined {
  const { kexAlgorithms, hostKeyAlgorithms } = target;
  if (kexAlgorithms.length > 0 && !kexAlgorithms.some((name) => kex.test(name)))
    return `ssh2 knows none of its KexAlgorithms (${kexAlgorithms.join(", ")})`;
  if (hostKeyAlgorithms.length > 0 && !hostKeyAlgorithms.some((name) => hostKeys.test(name)))
    return `ssh2 knows none of its HostKeyAlgorithms (${hostKeyAlgorithms.join(", ")})`;

  const wanted = methodsOf(target);
  if (!wanted.some((method) => methods.includes(method)))
    return wanted.length === 0
      ? undefined
      : `it logs in with ${wanted.join(", ")} only, which ssh2 does not do`;
  return wanted.includes("publickey") ? keyTrouble(target, keys) : undefined;
}

function keyTrouble(target: SshTarget, keys: readonly KeyFile[]): string | undefined {
  if (target.pkcs11Provider !== undefined) return `its keys are behind PKCS#11 (${target.pkcs11Provider})`;
  const [certificate] = [
    ...target.certificateFiles,
    ...keys.filter((key) => key.certificate).map(({ path }) => `${path}-cert.pub`),
  ];
  if (certificate !== undefined) return `it logs in with a certificate (${certificate})`;
  if (keys.some(({ state }) => state === "plain" || state === "encrypted")) return undefined;
  const token = keys.find(({ state }) => state === "security-key");
  if (token !== undefined) return `its key is in a security key (${token.path})`;
  const other = keys.find(({ state }) => state === "other-form");
  return other === undefined ? undefined : `ssh2 cannot read its key (${other.path})`;
}

/** What the configuration allows, in its order of preference. */
function methodsOf(target: SshTarget): readonly string[] {
  const allowed: Readonly<Record<string, boolean>> = {
    "gssapi-with-mic": target.gssapiAuthentication,
    publickey: target.pubkeyAuthentication,
    "keyboard-interactive": target.kbdInteractiveAuthentication,
    password: target.passwordAuthentication,
  };
  const order = target.preferredAuthentications ?? Object.keys(allowed);
  return order.filter((method) => allowed[method] ?? true);
}
