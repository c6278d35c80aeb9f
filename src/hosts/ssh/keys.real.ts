import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { keyFilesOf, readKey } from "./keys.ts";

describe("key files", function () {
  this.timeout(120_000);
  let folder = "";
  before(async () => {
    await needDebian("openssh-client");
    folder = mkdtempSync(join(tmpdir(), "ssh-keys-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function generate(name: string, type: string, form: string, passphrase: string): string {
    const path = join(folder, name);
    const size = type === "rsa" ? ["-b", "2048"] : [];
    execFileSync("ssh-keygen", [
      "-q",
      "-t",
      type,
      ...size,
      "-m",
      form,
      "-N",
      passphrase,
      "-C",
      "",
      "-f",
      path,
    ]);
    return path;
  }

  /** State, type, and whether the public half is the one that ssh-keygen tells. */
  async function seen(path: string, passphrase = "") {
    const [file] = await keyFilesOf({ identityFiles: [{ path, exists: true }] });
    assert.ok(file);
    const expected = execFileSync("ssh-keygen", ["-y", "-P", passphrase, "-f", path], { encoding: "utf8" });
    const same = file.publicBlob?.toString("base64") === expected.split(/\s/)[1];
    return [file.state, file.type, same];
  }

  const types = { rsa: "ssh-rsa", ecdsa: "ecdsa-sha2-nistp256", ed25519: "ssh-ed25519" };
  for (const [type, name] of Object.entries(types))
    it(`of type ${type} are told apart in every form, with a passphrase and without`, async () => {
      const own = type === "ed25519" ? ["RFC4716"] : ["RFC4716", "PEM"];
      for (const form of own) {
        const plain = generate(`${type}-${form}`, type, form, "");
        assert.deepEqual(await seen(plain), ["plain", name, true], form);
        rmSync(`${plain}.pub`);
        assert.deepEqual(await seen(plain), ["plain", name, true], form);
        const locked = generate(`${type}-${form}-locked`, type, form, "a passphrase");
        assert.deepEqual(await seen(locked, "a passphrase"), ["encrypted", name, true], form);
        rmSync(`${locked}.pub`);
        // The older form hides the public half too.
        const told = form === "PEM" ? [undefined, false] : [name, true];
        assert.deepEqual(await seen(locked, "a passphrase"), ["encrypted", ...told], form);
      }
      if (type === "ed25519") return;
      const pkcs8 = generate(`${type}-PKCS8`, type, "PKCS8", "");
      assert.deepEqual(await seen(pkcs8), ["other-form", name, true]);
    });

  it("whose permissions are loose are refused, as by ssh", async () => {
    const path = generate("loose", "ed25519", "RFC4716", "");
    assert.match((await readKey(path)).toString("latin1"), /^-----BEGIN OPENSSH/);
    for (const mode of [0o640, 0o604, 0o611]) {
      chmodSync(path, mode);
      assert.throws(() => execFileSync("ssh-keygen", ["-y", "-f", path], { stdio: "pipe" }), /UNPROTECTED/);
      const [file] = await keyFilesOf({ identityFiles: [{ path, exists: true }] });
      assert.equal(file?.state, "loose");
      assert.match(
        file?.because ?? "",
        new RegExp(`^others may read ${path} \\(permissions 0${mode.toString(8)}\\)`),
      );
      await assert.rejects(readKey(path), { name: "LooseKey" });
    }
  });

  it("may be missing, half there, a certificate's, or something else", async () => {
    const path = generate("user", "ed25519", "RFC4716", "");
    const authority = generate("authority", "ed25519", "RFC4716", "");
    execFileSync("ssh-keygen", ["-q", "-s", authority, "-I", "id", "-n", "me", `${path}.pub`]);
    const lonely = generate("lonely", "ed25519", "RFC4716", "");
    renameSync(lonely, join(folder, "away"));
    const text = join(folder, "text");
    writeFileSync(text, "not a key\n", { mode: 0o600 });
    const large = join(folder, "large");
    writeFileSync(large, "", { mode: 0o600 });
    truncateSync(large, 2 ** 30);
    const place = join(folder, "place");
    mkdirSync(place);
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", ["-m", "600", fifo]);

    const names = [path, join(folder, "none"), lonely, `${lonely}.pub`, text, large, place, fifo];
    const files = await keyFilesOf({ identityFiles: names.map((one) => ({ path: one, exists: true })) });
    assert.deepEqual(
      files.map(({ state, certificate }) => [state, certificate]),
      [
        ["plain", true],
        ["missing", false],
        ["public-only", false],
        ["public-only", false],
        ["unreadable", false],
        ["unreadable", false],
        ["unreadable", false],
        ["unreadable", false],
      ],
    );
    assert.ok(files[2]?.publicBlob?.equals(files[3]?.publicBlob ?? Buffer.alloc(0)));
    assert.deepEqual(
      files.slice(4).map(({ because }) => because),
      [
        `${text} is not a private key`,
        `${large} is larger than any key`,
        `${place} is not a file`,
        `${fifo} is not a file`,
      ],
    );
  });
});
