import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { isAbout, type KnownHostEntry, parseKnownHosts } from "./knownHostLines.ts";
import { judgeHostKey, knownHostLine, readKnownHosts } from "./knownHosts.ts";

/** Few letters, so that names and patterns meet. */
const label = fc.constantFrom("web", "web1", "db", "a", "b1");
const name = fc.tuple(label, fc.constantFrom("", ".lan", ".example.com")).map((parts) => parts.join(""));
const port = fc.constantFrom(22, 22, 2222, 22022);
const bracketed = fc.tuple(name, port).map(([host, at]) => (at === 22 ? host : `[${host}]:${at}`));
const address = fc.constantFrom("10.0.0.1", "::1", "[::1]:2222", "fe80::1%eth0");
const host = fc.oneof({ weight: 4, arbitrary: bracketed }, address);
const pattern = fc.oneof(
  { weight: 5, arbitrary: host },
  fc.constantFrom(
    "*",
    "*.lan",
    "web?",
    "w*b*",
    "[*]:2222",
    "[web*]:*",
    "?",
    "DB.LAN",
    "!web1",
    "!*.lan",
    "!a",
  ),
);
const hosts = fc.array(pattern, { minLength: 1, maxLength: 4 }).map((patterns) => patterns.join(","));
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `ssh-ed25519 ${blobOf(bytes).toString("base64")}`);
const marker = fc.constantFrom("", "", "", "@revoked ", "@cert-authority ");
const entry = fc
  .tuple(marker, hosts, fc.constantFrom(" ", "\t", "  "), key, fc.constantFrom("", " me@here", " a # b"))
  .map((parts) => parts.join(""));
const remark = fc.constantFrom("", "# web1 was here", "   ", " # web1 ssh-ed25519 AAAA");
const broken = fc.constantFrom(
  "web1",
  "web1 ssh-ed25519",
  "@other web1 ssh-ed25519 AAAA",
  "|1|x|y ssh-rsa A",
);
const lineEnd = fc.constantFrom("\n", "\r\n");

function blobOf(bytes: Uint8Array): Buffer {
  const type = "ssh-ed25519";
  return Buffer.concat([
    Buffer.from([0, 0, 0, type.length]),
    Buffer.from(type),
    Buffer.from([0, 0, 0, 32]),
    bytes,
  ]);
}

describe("known_hosts against ssh-keygen", function () {
  this.timeout(180_000);
  let folder = "";
  let count = 0;

  before(async () => {
    await needDebian("openssh-client");
    folder = mkdtempSync(join(tmpdir(), "known-hosts-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function fresh(text: string): string {
    count += 1;
    const file = join(folder, `known_hosts-${count}`);
    writeFileSync(file, text);
    return file;
  }

  function keygen(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile("ssh-keygen", args, { encoding: "utf8" }, (error, stdout) => {
        // 1 is its word for "not found".
        if (error === null || error.code === 1) resolve(stdout);
        else reject(error);
      });
    });
  }

  /** "3", "7 REVOKED": what ssh-keygen finds for a name. */
  async function found(file: string, wanted: string): Promise<string[]> {
    const output = await keygen("-F", wanted, "-f", file);
    return Array.from(output.matchAll(/^# Host .* found: line (\d+) (REVOKED|CA)?\s*$/gm), (match) =>
      [match[1], match[2]].filter(Boolean).join(" "),
    );
  }

  function ours(file: string, wanted: string): string[] {
    const words: Record<KnownHostEntry["marker"], string> = {
      none: "",
      revoked: " REVOKED",
      "cert-authority": " CA",
    };
    return parseKnownHosts(readFileSync(file, "utf8"))
      .entries.filter((one) => isAbout(one, wanted))
      .map((one) => `${one.line}${words[one.marker]}`);
  }

  it("finds the same lines, among comments and broken ones", async () => {
    const lines = fc.array(fc.oneof({ weight: 5, arbitrary: entry }, remark, broken), { maxLength: 12 });
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(lines, lineEnd, fc.uniqueArray(host, { maxLength: 4 }), async (all, end, wanted) => {
        const file = fresh(all.join(end));
        for (const one of wanted) {
          const expected = await found(file, one);
          assert.deepEqual(ours(file, one), expected, `${one} in\n${all.join("\n")}`);
          hits += expected.length;
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(hits > 10, `only ${hits} lines were found at all`);
  });

  it("finds what ssh-keygen -H hashed, and loses what ssh-keygen -R removed", async () => {
    const lines = fc.array(fc.oneof({ weight: 5, arbitrary: entry }, remark), { minLength: 1, maxLength: 8 });
    let removed = 0;
    await fc.assert(
      fc.asyncProperty(lines, fc.uniqueArray(host, { minLength: 2, maxLength: 5 }), async (all, wanted) => {
        const file = fresh(`${all.join("\n")}\n`);
        await keygen("-H", "-f", file);
        for (const one of wanted) assert.deepEqual(ours(file, one), await found(file, one), one);
        for (const one of wanted) {
          const before = readFileSync(file, "utf8").split("\n");
          const plain = ours(file, one).filter((line) => /^\d+$/.test(line));
          await keygen("-R", one, "-f", file);
          const kept = before.filter((_, index) => !plain.includes(String(index + 1)));
          assert.deepEqual(readFileSync(file, "utf8").split("\n"), kept, one);
          removed += plain.length;
        }
      }),
      { numRuns: 40 },
    );
    assert.ok(removed > 5, `only ${removed} lines were removed at all`);
  });

  it("writes lines that ssh-keygen finds, and the command for a changed key makes it unknown", async () => {
    const keyType = "ssh-ed25519";
    for (const hashed of [false, true]) {
      const shown = { host: "build7.lan", port: 2222, keyType, keyBlob: blobOf(new Uint8Array(32)) };
      const file = fresh(`# first\n${knownHostLine(shown, hashed)}\n`);
      assert.deepEqual(await found(file, "[build7.lan]:2222"), ["2"]);
      const changed = { ...shown, keyBlob: blobOf(new Uint8Array(32).fill(1)) };
      const verdict = judgeHostKey({ ...changed, files: await readKnownHosts([file]) });
      assert.equal(verdict.kind, "changed");
      assert.ok(verdict.remove);
      await keygen(...verdict.remove.slice(1));
      assert.equal(judgeHostKey({ ...changed, files: await readKnownHosts([file]) }).kind, "unknown");
    }
  });

  it("prints the fingerprint that ssh-keygen prints", async () => {
    const secret = join(folder, "key");
    await keygen("-q", "-t", "ecdsa", "-N", "", "-f", secret);
    const [keyType = "", base64 = ""] = readFileSync(`${secret}.pub`, "utf8").split(" ");
    const { sha256 } = judgeHostKey({
      files: [],
      host: "h",
      port: 22,
      keyType,
      keyBlob: Buffer.from(base64, "base64"),
    });
    assert.equal((await keygen("-l", "-f", secret)).split(" ")[1], sha256);
  });
});
