// Makes a fresh clone ready to run the project's own scripts: a new enough Node, and node_modules as package-lock.json
// says. Plain JavaScript on node's own modules, since it runs when node_modules may be missing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, "package-lock.json");
const stamp = join(root, "node_modules", ".installed-lock");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or newer is needed, and this is Node ${process.versions.node} (${process.execPath}).`);
}

const wanted = hash(readFileSync(lock));
if (read(stamp) !== wanted) {
  waitForOthers();
  if (read(stamp) !== wanted) {
    if (!installedByHand()) install();
    writeFileSync(stamp, wanted);
  }
}

/** Two at once in one clone, such as npm test and npm start in two terminals, would pull node_modules from under each other. */
function waitForOthers() {
  const held = join(tmpdir(), `delve-doctor-npm-ci-${hash(root).slice(0, 16)}`);
  for (;;) {
    try {
      // A symbolic link appears in one step, and with the owner's pid in it. On Windows anybody may make a junction, whose
      // path is then an absolute one that ends in the pid.
      symlinkSync(String(process.pid), held, "junction");
      process.on("exit", () => rmSync(held, { force: true }));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAlive(owner(held))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    else rmSync(held, { force: true });
  }
}

function owner(held) {
  try {
    return Number(basename(readlinkSync(held)));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** npm writes node_modules/.package-lock.json last of all, so one newer than the lock is a finished install. */
function installedByHand() {
  const done = modified(join(root, "node_modules", ".package-lock.json"));
  return done !== undefined && done >= (modified(lock) ?? 0);
}

function install() {
  process.stderr.write("Installing node_modules with npm ci …\n");
  // npm's own output goes to stderr, so that what a script prints stays alone on stdout.
  const stdio = ["ignore", 2, 2];
  // npm is a script, which Windows starts with its shell only.
  const npm =
    process.platform === "win32"
      ? spawnSync("npm ci --no-audit --no-fund", { cwd: root, stdio, shell: true })
      : spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio });
  if (npm.error) fail(`npm could not be started (${npm.error.message}). Install npm, or put it on PATH.`);
  if (npm.status !== 0)
    fail(`npm ci failed with ${npm.signal ?? `status ${npm.status}`}; its own message is above.`);
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
