import assert from "node:assert/strict";
import { keyBody } from "./keyBody.ts";
import { agentOf, attemptsOf, type KeyFile } from "./keys.ts";
import type { Surroundings } from "./target.ts";

const around = (env: Surroundings["env"], platform: NodeJS.Platform = "linux"): Surroundings => ({
  home: "/home/me",
  user: "me",
  env,
  platform,
  ssh: "ssh",
});

const keyFile = (path: string, state: KeyFile["state"], blob?: string): KeyFile => ({
  path,
  state,
  certificate: false,
  ...(blob !== undefined && { publicBlob: Buffer.from(blob) }),
});

/** A length and what it counts. */
function string(text: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

describe("the order of keys to try", () => {
  const files = [
    keyFile("/1", "plain", "one"),
    keyFile("/2", "public-only", "two"),
    keyFile("/3", "encrypted"),
    keyFile("/4", "loose", "four"),
    keyFile("/5", "security-key", "five"),
    keyFile("/6", "missing"),
    keyFile("/7", "other-form"),
  ];
  const held = ["nine", "four", "two"].map((text) => Buffer.from(text));
  const shown = (onlyNamed: boolean, blobs: readonly Buffer[]) =>
    attemptsOf(files, blobs, onlyNamed).map((one) =>
      one.from === "agent" ? `agent ${one.publicBlob}` : one.file.path,
    );

  it("is agent keys that are named, other agent keys, then the files the agent does not hold", () => {
    assert.deepEqual(shown(false, held), ["agent two", "agent four", "agent nine", "/1", "/3"]);
    assert.deepEqual(shown(false, [Buffer.from("one")]), ["agent one", "/3"]);
    assert.deepEqual(shown(false, []), ["/1", "/3"]);
  });

  it("leaves out agent keys that are not named with IdentitiesOnly", () => {
    assert.deepEqual(shown(true, held), ["agent two", "agent four", "/1", "/3"]);
  });
});

describe("the agent", () => {
  const env = { SSH_AUTH_SOCK: "/run/usual", OTHER: "/run/other" };
  const place = (identityAgent?: string) => {
    const agent = agentOf(identityAgent, around(env));
    return agent.kind === "none" ? "none" : agent.path;
  };

  it("is the one that IdentityAgent or SSH_AUTH_SOCK names", () => {
    assert.equal(place(), "/run/usual");
    assert.equal(place("SSH_AUTH_SOCK"), "/run/usual");
    assert.equal(place("$OTHER"), "/run/other");
    assert.equal(place("$ABSENT"), "none");
    assert.equal(place("/my/agent"), "/my/agent");
    assert.equal(place("none"), "none");
    assert.deepEqual(agentOf(undefined, around({})), { kind: "none" });
  });

  it("has a named pipe on Windows", () => {
    const pipe = "\\\\.\\pipe\\openssh-ssh-agent";
    assert.deepEqual(agentOf(undefined, around({}, "win32")), { kind: "socket", path: pipe });
    assert.deepEqual(agentOf("none", around({}, "win32")), { kind: "none" });
  });
});

describe("the text of a private key", () => {
  const openSsh = (cipher: string, type: string) => {
    const publicBlob = Buffer.concat([string(type), string("point"), string("ssh:")]);
    const header = [
      Buffer.from("openssh-key-v1\0"),
      string(cipher),
      string("none"),
      string(""),
      Buffer.from([0, 0, 0, 1]),
    ];
    const body = Buffer.concat([...header, string(publicBlob), string("the private part")]).toString(
      "base64",
    );
    const lines = ["-----BEGIN OPENSSH PRIVATE KEY-----", body, "-----END OPENSSH PRIVATE KEY-----", ""];
    return { publicBlob, text: Buffer.from(lines.join("\n")) };
  };

  it("tells a handle of a security key, locked or not, from keys", () => {
    for (const cipher of ["none", "aes256-ctr"]) {
      const { text, publicBlob } = openSsh(cipher, "sk-ssh-ed25519@openssh.com");
      const type = "sk-ssh-ed25519@openssh.com";
      assert.deepEqual(keyBody(text), { state: "security-key", type, publicBlob });
    }
  });

  it("has a type that ssh2 may not know", () => {
    const { text, publicBlob } = openSsh("none", "ssh-xmss@openssh.com");
    assert.deepEqual(keyBody(text), { state: "other-form", type: "ssh-xmss@openssh.com", publicBlob });
  });

  it("is nothing where it is cut or something else", () => {
    const { text } = openSsh("none", "ssh-ed25519");
    const cut = Buffer.from(text.toString("latin1").replace(/\n.*\n/, "\nb3BlbnNzaC1rZXktdjEAAAAA\n"));
    assert.equal(keyBody(cut), undefined);
    for (const other of [
      "",
      "ssh-ed25519 AAAA",
      "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n",
      "PuTTY-User-Key-File-3: x",
    ])
      assert.equal(keyBody(Buffer.from(other)), undefined, other);
  });
});
