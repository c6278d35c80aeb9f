import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseKnownHosts } from "./knownHostLines.ts";
import {
  appendKnownHost,
  type HostKeyVerdict,
  judgeHostKey,
  knownHostLine,
  knownKeyTypes,
  readKnownHosts,
} from "./knownHosts.ts";

function wire(...strings: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    strings.flatMap((one) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(one));
      return [length, Buffer.from(one)];
    }),
  );
}

const key = wire("ssh-ed25519", Buffer.alloc(32, 1));
const otherKey = wire("ssh-ed25519", Buffer.alloc(32, 2));
const rsaKey = wire("ssh-rsa", Buffer.from([1, 0, 1]), Buffer.alloc(257, 3));
const text = (blob: Buffer, type = "ssh-ed25519") => `${type} ${blob.toString("base64")}`;

function judge(lines: readonly string[], more: { host?: string; port?: number; alias?: string } = {}) {
  const files = [{ path: "/k", text: lines.join("\n") }];
  return judgeHostKey({ files, host: "h", port: 22, keyType: "ssh-ed25519", keyBlob: key, ...more });
}

function kindAt({ kind, line }: HostKeyVerdict): string {
  return line === undefined ? kind : `${kind}:${line}`;
}

describe("judging a host key", () => {
  it("knows plain, listed, wildcard and bracketed names", () => {
    assert.equal(kindAt(judge([`h ${text(key)} somebody@somewhere`])), "known:1");
    assert.equal(kindAt(judge(["# a comment", "", `a,H,b ${text(key)}`])), "known:3");
    assert.equal(kindAt(judge([`*.lan ${text(key)}`], { host: "h.lan" })), "known:1");
    assert.equal(kindAt(judge([`!h.lan,*.lan ${text(key)}`], { host: "h.lan" })), "unknown");
    assert.equal(kindAt(judge([`[h]:2222 ${text(key)}`], { port: 2222 })), "known:1");
    assert.equal(kindAt(judge([`[h]:2222 ${text(key)}`])), "unknown");
    assert.equal(kindAt(judge([`h ${text(key)}\r`])), "known:1");
  });

  it("looks a HostKeyAlias up instead of host and port", () => {
    const lines = [`h,[h]:2222 ${text(otherKey)}`, `build ${text(key)}`];
    assert.equal(kindAt(judge(lines, { port: 2222, alias: "build" })), "known:2");
    assert.equal(kindAt(judge(lines.slice(0, 1), { port: 2222, alias: "build" })), "unknown");
  });

  it("takes a key of the bare host for another port, unless that port has keys of its own", () => {
    assert.equal(kindAt(judge([`h ${text(key)}`], { port: 2222 })), "known:1");
    assert.equal(kindAt(judge([`h ${text(otherKey)}`], { port: 2222 })), "unknown");
    const both = [`h ${text(key)}`, `[h]:2222 ${text(otherKey)}`];
    assert.equal(kindAt(judge(both, { port: 2222 })), "changed:2");
  });

  it("says changed for another key, of another type too, and how to remove the old one", () => {
    const verdict = judge([`h ${text(rsaKey, "ssh-rsa")}`, `h ${text(otherKey)}`]);
    assert.equal(kindAt(verdict), "changed:2");
    assert.equal(verdict.file, "/k");
    assert.deepEqual(verdict.remove, ["ssh-keygen", "-f", "/k", "-R", "h"]);
    assert.equal(kindAt(judge([`h ${text(rsaKey, "ssh-rsa")}`])), "changed:1");
    assert.equal(judge([`* ${text(otherKey)}`]).remove, undefined);
  });

  it("refuses a revoked key whatever else is known, on every port", () => {
    const lines = [`h ${text(key)}`, `@revoked * ${text(key)}`];
    assert.equal(kindAt(judge(lines)), "revoked:2");
    assert.equal(kindAt(judge([`@revoked h ${text(key)}`], { port: 2222 })), "revoked:1");
    assert.equal(kindAt(judge([`@revoked\th\t${text(key)}`])), "revoked:1");
    assert.equal(kindAt(judge([`@revoked h ${text(otherKey)}`])), "unknown");
  });

  it("names a certificate authority only where no plain line decides", () => {
    const authority = `@cert-authority *.lan,h ${text(otherKey)}`;
    assert.equal(kindAt(judge([authority])), "cert-authority:1");
    assert.equal(kindAt(judge([authority, `h ${text(key)}`])), "known:2");
    assert.equal(kindAt(judge([`@cert-authority h ${text(key)}`])), "cert-authority:1");
  });

  it("prefers the key types that are known", () => {
    const files = [
      { path: "/a", text: `h ${text(rsaKey, "ssh-rsa")}` },
      { path: "/b", text: `h ${text(key)}\nh ${text(otherKey)}\n@revoked h ${text(key)}` },
    ];
    assert.deepEqual(knownKeyTypes(files, "h", 22), ["ssh-rsa", "ssh-ed25519"]);
    assert.deepEqual(knownKeyTypes(files, "other", 22), []);
  });

  it("skips and counts lines that cannot be read", () => {
    const lines = [
      "h",
      "h ssh-ed25519",
      "h ssh-ed25519 AAAA",
      `h ssh-rsa ${key.toString("base64")}`,
      `@unknown h ${text(key)}`,
      `@revoked @revoked h ${text(key)}`,
      `|1|AAAA|BBBB ${text(key)}`,
      `h ${text(key)}`,
    ];
    assert.deepEqual(parseKnownHosts(lines.join("\n")).bad, [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(kindAt(judge(lines)), "known:8");
  });
});

describe("known_hosts files", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "known-hosts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Windows has no modes. */
  const assertMode = (path: string, mode: number) => {
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, mode);
  };

  it("are made private where they are missing, and what is appended is known", async () => {
    const file = join(folder, ".ssh", "known_hosts");
    for (const [host, hashed] of [
      ["h", false],
      ["other", true],
    ] as const) {
      const shown = { host, port: 2222, keyType: "ssh-ed25519", keyBlob: key };
      await appendKnownHost(file, knownHostLine(shown, hashed));
      const verdict = judgeHostKey({ ...shown, files: await readKnownHosts([file]) });
      assert.equal(verdict.kind, "known");
    }
    const [plain = "", hashed = ""] = readFileSync(file, "utf8").split("\n");
    assert.match(plain, /^\[h\]:2222 ssh-ed25519 /);
    assert.match(hashed, /^\|1\|/);
    assert.doesNotMatch(hashed, /other/);
    assertMode(join(folder, ".ssh"), 0o700);
    assertMode(file, 0o600);
  });

  it("keep their text, line ends and mode", async () => {
    const file = join(folder, "known_hosts");
    writeFileSync(file, "# mine\r\na b c");
    chmodSync(file, 0o644);
    await appendKnownHost(file, "line");
    assert.equal(readFileSync(file, "utf8"), "# mine\r\na b c\r\nline\r\n");
    assertMode(file, 0o644);
  });

  it("are left out where they are missing, and named where they cannot be read", async () => {
    assert.deepEqual(await readKnownHosts([join(folder, "none"), join(folder, "none", "none")]), []);
    await assert.rejects(readKnownHosts([folder]), ({ message }: Error) =>
      message.startsWith(`${folder} cannot be read: `),
    );
  });
});
