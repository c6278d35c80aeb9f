import { chmodSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "./debian.ts";
import { part } from "./part.ts";
import { run, step } from "./run.ts";

/** What the newest Delve wants to be built with: Delve 1.27 has `go 1.25` in its go.mod. */
const oldest = [1, 25];

/** Fetched where the machine has no Go that is new enough. */
const newestGo = "go1.26.8";

/** The path of a `go` of 1.25 or newer: the machine's own where it has one, else a fetched toolchain. */
export async function needGo(): Promise<string> {
  for (const go of ownGos) {
    const version = await versionOf(go);
    if (version !== undefined && isRecent(version)) return await pathOf(go);
  }
  return needToolchain(newestGo);
}

/**
 * The path of the `go` of exactly this version, such as "go1.24.9".
 *
 * It comes through the Go module proxy as the module golang.org/toolchain, checked against the checksum database, and
 * not by GOTOOLCHAIN, so that a machine with GOTOOLCHAIN=local gets it too, and so does one with Debian's Go 1.19,
 * which knows no toolchains.
 */
export async function needToolchain(version: string): Promise<string> {
  for (const go of ownGos) if ((await versionOf(go)) === version) return await pathOf(go);
  const folder = await part(version, async (building) => {
    const fetcher = await anyGo();
    await step(`Fetching ${version}`, () => fetchToolchain(fetcher, version, building));
  });
  return join(folder, "bin", "go");
}

const ownGos = ["go", "/usr/local/go/bin/go"];

async function fetchToolchain(go: string, version: string, folder: string): Promise<void> {
  const cache = join(folder, "modcache");
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const module = `golang.org/toolchain@v0.0.1-${version}.linux-${arch}`;
  await run([go, "mod", "download", module], {
    // Outside any module, and with a module cache that can be deleted again.
    cwd: folder,
    env: { GOMODCACHE: cache, GOFLAGS: "-modcacherw", GOTOOLCHAIN: "local", GOWORK: "off" },
  });
  const unpacked = join(cache, module);
  // A module archive holds no execute bits and no nested go.mod; the go command repairs both when it switches
  // toolchains by itself, and so must we.
  for (const sub of ["bin", "pkg/tool"]) makeExecutable(join(unpacked, sub));
  restoreGoMods(unpacked);
  for (const entry of readdirSync(unpacked)) renameSync(join(unpacked, entry), join(folder, entry));
  rmSync(cache, { recursive: true, force: true });
  // An old go does not know every flag that `go env -w GOFLAGS` may hold, and an empty variable lets that through.
  await run([join(folder, "bin", "go"), "version"], { env: { GOFLAGS: "-v=false" } });
}

function makeExecutable(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

function restoreGoMods(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.name === "_go.mod") {
      renameSync(join(entry.parentPath, "_go.mod"), join(entry.parentPath, "go.mod"));
    }
  }
}

/** Any Go that can talk to the module proxy; Debian 12's golang-go (1.19) does. */
async function anyGo(): Promise<string> {
  for (const go of ownGos) if ((await versionOf(go)) !== undefined) return go;
  await needDebian("golang-go");
  return "go";
}

/** Such as "go1.26.8", or undefined where there is no such go. */
async function versionOf(go: string): Promise<string | undefined> {
  try {
    // GOTOOLCHAIN=local: this go itself, not one that a go.mod in the current folder asks for.
    return (await run([go, "env", "GOVERSION"], { env: { GOTOOLCHAIN: "local" } })).trim();
  } catch {
    return undefined;
  }
}

async function pathOf(go: string): Promise<string> {
  return join((await run([go, "env", "GOROOT"], { env: { GOTOOLCHAIN: "local" } })).trim(), "bin", "go");
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.replace("go", "").split(".").map(Number);
  const [wantMajor = 0, wantMinor = 0] = oldest;
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}
