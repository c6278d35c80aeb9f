import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const offline = { ...process.env, npm_config_offline: "true" };
const bootstrap = join(import.meta.dirname, "..", "bootstrap.mjs");

describe("bootstrap", () => {
  let clone = "";
  // One dependency, in the clone itself, so that nothing is fetched.
  const dependencies = { leaf: "file:leaf" };
  const lock = (version: string): string =>
    JSON.stringify({
      name: "clone",
      version,
      lockfileVersion: 3,
      packages: {
        "": { name: "clone", version, dependencies },
        leaf: { version: "1.0.0" },
        "node_modules/leaf": { resolved: "leaf", link: true },
      },
    });

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), "dd-clone-"));
    mkdirSync(join(clone, "scripts"));
    cpSync(bootstrap, join(clone, "scripts", "bootstrap.mjs"));
    mkdirSync(join(clone, "leaf"));
    writeFileSync(join(clone, "leaf", "package.json"), JSON.stringify({ name: "leaf", version: "1.0.0" }));
    writeLock("1.0.0");
  });

  afterEach(() => rmSync(clone, { recursive: true, force: true }));

  function writeLock(version: string): void {
    writeFileSync(join(clone, "package.json"), JSON.stringify({ name: "clone", version, dependencies }));
    writeFileSync(join(clone, "package-lock.json"), lock(version));
  }

  /** Runs it as `npm test` would. */
  function run(): { installed: boolean; stdout: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(clone, "scripts", "bootstrap.mjs")],
      {
        encoding: "utf8",
        env: offline,
      },
    );
    assert.equal(status, 0, stderr);
    return { installed: stderr.includes("npm ci"), stdout };
  }

  it("installs in a fresh clone, and not a second time", () => {
    assert.deepEqual(run(), { installed: true, stdout: "" });
    assert(existsSync(join(clone, "node_modules", "leaf")));
    assert.deepEqual(run(), { installed: false, stdout: "" });
  });

  it("installs again when the lock has changed, but not when it was only touched", () => {
    run();
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(clone, "package-lock.json"), later, later);
    assert.equal(run().installed, false);
    writeLock("1.0.1");
    utimesSync(join(clone, "package-lock.json"), later, later);
    assert.equal(run().installed, true);
  });

  it("installs once for two who start at the same time", async () => {
    const said = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(process.execPath, [join(clone, "scripts", "bootstrap.mjs")], {
          env: offline,
          stdio: ["ignore", "ignore", "pipe"],
        });
        const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
        assert.equal(code, 0, stderr);
        return stderr;
      }),
    );
    assert.equal(said.filter((stderr) => stderr.includes("npm ci")).length, 1);
  });

  it("accepts what somebody has installed with npm by hand", () => {
    mkdirSync(join(clone, "node_modules"));
    writeFileSync(join(clone, "node_modules", ".package-lock.json"), lock("1.0.0"));
    assert.equal(run().installed, false);
  });
});
