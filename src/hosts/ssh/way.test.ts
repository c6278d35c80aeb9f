import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { KeyFile } from "./keys.ts";
import type { SshTarget } from "./target.ts";
import { wayOf } from "./way.ts";

const plain: SshTarget = {
  alias: "h",
  hostname: "h",
  port: 22,
  user: "me",
  identityFiles: [],
  certificateFiles: [],
  agent: { kind: "none" },
  identitiesOnly: false,
  hops: [],
  userKnownHostsFiles: [],
  globalKnownHostsFiles: [],
  strictHostKeyChecking: "ask",
  hashKnownHosts: false,
  serverAliveSeconds: 0,
  serverAliveCount: 3,
  pubkeyAuthentication: true,
  passwordAuthentication: true,
  kbdInteractiveAuthentication: true,
  gssapiAuthentication: true,
  kexAlgorithms: ["sntrup761x25519-sha512@openssh.com", "curve25519-sha256"],
  hostKeyAlgorithms: ["ssh-ed25519-cert-v01@openssh.com", "rsa-sha2-512"],
  resolvedBy: "ssh",
};

const key = (state: KeyFile["state"], certificate = false): KeyFile => ({
  path: `/${state}`,
  state,
  certificate,
});

function because(more: Partial<SshTarget>, ...keys: KeyFile[]): string | undefined {
  const way = wayOf({ ...plain, ...more }, keys);
  return way.by === "ssh" ? way.because : undefined;
}

describe("the way to an SSH host", () => {
  it("is ssh2 where ssh2 can", () => {
    assert.equal(because({}), undefined);
    assert.equal(
      because({}, key("missing"), key("encrypted"), key("security-key"), key("other-form")),
      undefined,
    );
    assert.equal(because({}, key("public-only")), undefined);
    assert.equal(because({ kexAlgorithms: [], hostKeyAlgorithms: [] }, key("plain")), undefined);
    assert.equal(because({ preferredAuthentications: ["gssapi-with-mic", "password"] }), undefined);
    // Nothing at all to log in with is for the connection to tell.
    const none = {
      pubkeyAuthentication: false,
      passwordAuthentication: false,
      kbdInteractiveAuthentication: false,
    };
    assert.equal(because({ ...none, gssapiAuthentication: false }), undefined);
  });

  it("is the system's ssh for keys that ssh2 cannot use", () => {
    assert.equal(because({}, key("security-key")), "its key is in a security key (/security-key)");
    assert.equal(because({}, key("other-form")), "ssh2 cannot read its key (/other-form)");
    assert.equal(because({}, key("plain", true)), "it logs in with a certificate (/plain-cert.pub)");
    assert.equal(because({ certificateFiles: ["/c"] }, key("plain")), "it logs in with a certificate (/c)");
    assert.equal(because({ pkcs11Provider: "/p.so" }, key("plain")), "its keys are behind PKCS#11 (/p.so)");
  });

  it("looks at keys only where keys count", () => {
    assert.equal(because({ pubkeyAuthentication: false }, key("security-key")), undefined);
    assert.equal(because({ preferredAuthentications: ["password"], pkcs11Provider: "/p.so" }), undefined);
  });

  it("is the system's ssh where it logs in with Kerberos or as a host only", () => {
    const only = "only, which ssh2 does not do";
    assert.equal(
      because({ preferredAuthentications: ["gssapi-with-mic", "hostbased"] }),
      `it logs in with gssapi-with-mic, hostbased ${only}`,
    );
    const none = {
      pubkeyAuthentication: false,
      passwordAuthentication: false,
      kbdInteractiveAuthentication: false,
    };
    assert.equal(because(none), `it logs in with gssapi-with-mic ${only}`);
  });

  it("is the system's ssh where only post-quantum key exchanges or certified host keys are allowed", () => {
    const pq = ["sntrup761x25519-sha512@openssh.com", "mlkem768x25519-sha256"];
    assert.equal(because({ kexAlgorithms: pq }), `ssh2 offers none of its KexAlgorithms (${pq.join(", ")})`);
    assert.equal(
      because({ hostKeyAlgorithms: ["ssh-ed25519-cert-v01@openssh.com"] }),
      "ssh2 offers none of its HostKeyAlgorithms (ssh-ed25519-cert-v01@openssh.com)",
    );
  });

  it("is ssh2 for every algorithm that it has, but for those built on SHA-1", () => {
    const lists: unknown = createRequire(import.meta.url)("ssh2/lib/protocol/constants.js");
    assert.ok(typeof lists === "object" && lists !== null);
    assert.ok("SUPPORTED_KEX" in lists && Array.isArray(lists.SUPPORTED_KEX));
    assert.ok("SUPPORTED_SERVER_HOST_KEY" in lists && Array.isArray(lists.SUPPORTED_SERVER_HOST_KEY));
    const isOld = (name: string) => /sha1$|^ssh-(rsa|dss)$/.test(name);
    for (const name of lists.SUPPORTED_KEX.map(String))
      assert.equal(because({ kexAlgorithms: [name] }) !== undefined, isOld(name), name);
    for (const name of lists.SUPPORTED_SERVER_HOST_KEY.map(String))
      assert.equal(because({ hostKeyAlgorithms: [name] }) !== undefined, isOld(name), name);
  });
});
