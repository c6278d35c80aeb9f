import { say } from "../../core/say.ts";
import { sharedBy } from "./algorithms.ts";
import type { KeyFile } from "./keys.ts";
import type { SshTarget } from "./target.ts";

/** Which program makes the connection. `because` is why the system's ssh must, in words that follow "because". */
export type Way = { readonly by: "ssh2" } | { readonly by: "ssh"; readonly because: string };

/** The ways to log in that ssh2 has. */
const methods = ["publickey", "keyboard-interactive", "password"];

/** Decides for one target, hops not looked at: whoever chains asks for each hop. */
export function wayOf(target: SshTarget, keys: readonly KeyFile[]): Way {
  const because = why(target, keys);
  return because === undefined ? { by: "ssh2" } : { by: "ssh", because };
}

function why(target: SshTarget, keys: readonly KeyFile[]): string | undefined {
  const { kex, hostKeys } = sharedBy(target);
  if (kex.length === 0)
    return say`ssh2 offers none of its KexAlgorithms (${target.kexAlgorithms.join(", ")})`;
  if (hostKeys.length === 0)
    return say`ssh2 offers none of its HostKeyAlgorithms (${target.hostKeyAlgorithms.join(", ")})`;

  const wanted = methodsOf(target);
  if (!wanted.some((method) => methods.includes(method)))
    return wanted.length === 0
      ? undefined
      : say`it logs in with ${wanted.join(", ")} only, which ssh2 does not do`;
  return wanted.includes("publickey") ? keyTrouble(target, keys) : undefined;
}

function keyTrouble(target: SshTarget, keys: readonly KeyFile[]): string | undefined {
  if (target.pkcs11Provider !== undefined) return say`its keys are behind PKCS#11 (${target.pkcs11Provider})`;
  const [certificate] = [
    ...target.certificateFiles,
    ...keys.filter((key) => key.certificate).map(({ path }) => `${path}-cert.pub`),
  ];
  if (certificate !== undefined) return say`it logs in with a certificate (${certificate})`;
  if (keys.some(({ state }) => state === "plain" || state === "encrypted")) return undefined;
  const token = keys.find(({ state }) => state === "security-key");
  if (token !== undefined) return say`its key is in a security key (${token.path})`;
  const other = keys.find(({ state }) => state === "other-form");
  return other === undefined ? undefined : say`ssh2 cannot read its key (${other.path})`;
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
