import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const here = import.meta.dirname;

/** A process that sets up one part: it says "building" on stdout, waits for the file `go`, and fills the part. */
const builder = `
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { part } from ${JSON.stringify(join(here, "part.ts"))};
const folder = await part("thing-1.0", async (building) => {
  writeFileSync(join(building, "half"), "");
  console.log("building");
  while (!existsSync(join(import.meta.dirname, "go"))) await wait(20);
  appendFileSync(join(import.meta.dirname, "built"), "once ");
  writeFileSync(join(building, "whole"), "");
});
console.log(folder);
`;

interface Builder {
  child: ReturnType<typeof spawn>;
  stdout: string;
  stderr: string;
  ended: Promise<unknown>;
}

describe("a part of the set-up", () => {
  let cache = "";
  const started: Builder[] = [];
  const parts = (): string[] => readdirSync(join(cache, "delve-doctor-dev")).sort();

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "dd-parts-"));
    writeFileSync(join(cache, "builder.mts"), builder);
  });

  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await ended;
    }
    rmSync(cache, { recursive: true, force: true });
  });

  function start(): Builder {
    const child = spawn(process.execPath, ["--import", "tsx", join(cache, "builder.mts")], {
      cwd: here,
      env: { ...process.env, XDG_CACHE_HOME: cache },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const seen: Builder = { child, stdout: "", stderr: "", ended: once(child, "close") };
    started.push(seen);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      seen.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      seen.stderr += text;
    });
    return seen;
  }

  async function until(child: Builder, probe: (child: Builder) => boolean): Promise<void> {
    for (const end = Date.now() + 60_000; !probe(child); await wait(20)) {
      assert(Date.now() < end, `waited in vain; it said: ${child.stdout}${child.stderr}`);
    }
  }

  it("is built once by two who need it at the same time, and leaves no lock", async () => {
    const first = start();
    await until(first, ({ stdout }) => stdout.includes("building"));
    const second = start();
    await until(second, ({ stderr }) => stderr.includes("Waiting for process"));
    writeFileSync(join(cache, "go"), "");
    await Promise.all([first.ended, second.ended]);

    const folder = join(cache, "delve-doctor-dev", "thing-1.0");
    assert.equal(first.stdout, `building\n${folder}\n`);
    assert.equal(second.stdout, `${folder}\n`);
    assert.equal(readFileSync(join(cache, "built"), "utf8"), "once ");
    assert.deepEqual(parts(), ["thing-1.0"]);
  });

  it("is never half there, and is built anew after its builder was killed", async () => {
    const first = start();
    await until(first, ({ stdout }) => stdout.includes("building"));
    assert(!existsSync(join(cache, "delve-doctor-dev", "thing-1.0")));
    first.child.kill("SIGKILL");
    await first.ended;
    assert(!existsSync(join(cache, "delve-doctor-dev", "thing-1.0")));

    writeFileSync(join(cache, "go"), "");
    const second = start();
    await second.ended;
    assert.equal(second.child.exitCode, 0, second.stderr);
    assert.deepEqual(parts(), ["thing-1.0"]);
    assert.deepEqual(readdirSync(join(cache, "delve-doctor-dev", "thing-1.0")).sort(), ["half", "whole"]);
  });
});
