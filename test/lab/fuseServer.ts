import { spawnSync } from "node:child_process";
import { type BigIntStats, closeSync, lstatSync, openSync, readdirSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { FuseFault } from "./fuse.ts";

/**
 * The server of a read-only FUSE filesystem (linux/fuse.h, protocol 7.31), in a process of its own because it reads and
 * answers one request after the other. `node fuseServer.ts SOURCE POINT TYPE FAULT`
 */
const [source = "", point = "", type = "", text = "{}"] = process.argv.slice(2);
const fault = JSON.parse(text) as FuseFault;

const op = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  open: 14,
  read: 15,
  statfs: 17,
  release: 18,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  getlk: 31,
  setlk: 32,
  setlkw: 33,
  interrupt: 36,
  batchForget: 42,
} as const;
const [enoent, eintr, eio, enosys] = [2, 4, 5, 38];

/** FUSE_POSIX_LOCKS and FUSE_FLOCK_LOCKS: locks are asked of the server, as those of a network filesystem are. */
const remoteLocks = (1 << 1) | (1 << 10);

const nodes = new Map<bigint, string>([[1n, source]]);
const ids = new Map<string, bigint>([[source, 1n]]);
const files = new Map<bigint, number>();

const device = openSync("/dev/fuse", "r+");
const options = "fd=3,rootmode=40000,user_id=0,group_id=0,allow_other";
const mounted = spawnSync("mount", ["-i", "-t", type, "-o", options, "delve-doctor-lab", point], {
  stdio: ["ignore", "inherit", "inherit", device],
});
if (mounted.status !== 0) process.exit(1);
writeSync(1, "mounted\n");

const request = Buffer.alloc(1 << 20);
while (true) {
  const size = receive();
  if (size === undefined) break;
  serve(request.subarray(0, size));
}

function receive(): number | undefined {
  try {
    return readSync(device, request, 0, request.length, null);
  } catch {
    return undefined;
  }
}

function serve(asked: Buffer): void {
  const code = asked.readUInt32LE(4);
  const unique = asked.readBigUInt64LE(8);
  if (code === op.forget || code === op.batchForget) return;
  // Whoever waits for an answer that never comes can still be ended: a signal takes its request back, as with NFS.
  if (code === op.interrupt) {
    send(asked.readBigUInt64LE(40), eintr, 0);
    return;
  }
  try {
    const answer = answerTo(code, asked.readBigUInt64LE(16), asked.subarray(40));
    if (answer !== undefined) send(unique, typeof answer === "number" ? answer : 0, answer);
  } catch (error) {
    send(unique, (error as NodeJS.ErrnoException).code === "ENOENT" ? enoent : eio, 0);
  }
}

function send(unique: bigint, errno: number, body: Buffer | number): void {
  const data = typeof body === "number" ? Buffer.alloc(0) : body;
  const head = Buffer.alloc(16);
  head.writeUInt32LE(16 + data.length, 0);
  head.writeInt32LE(-errno, 4);
  head.writeBigUInt64LE(unique, 8);
  try {
    writeSync(device, Buffer.concat([head, data]));
  } catch {
    // Whoever asked is gone by now.
  }
}

/** The body of an answer, an errno, or nothing at all. */
function answerTo(code: number, node: bigint, body: Buffer): Buffer | number | undefined {
  const path = nodes.get(node) ?? source;
  if (code === op.init) return init(body);
  if (code === op.getattr) return Buffer.concat([Buffer.alloc(16), attributes(path)]);
  if (code === op.lookup) return entry(join(path, body.subarray(0, body.indexOf(0)).toString()));
  if (code === op.open || code === op.opendir) return open(code, path);
  if (code === op.read) return read(body);
  if (code === op.readdir) return list(path, body);
  if (code === op.statfs) return Buffer.alloc(80);
  if (code === op.setlk || code === op.setlkw || code === op.getlk) return lock(code);
  if (code === op.release) close(body);
  return code === op.release || code === op.releasedir || code === op.flush ? Buffer.alloc(0) : enosys;
}

function lock(code: number): Buffer | number | undefined {
  if (fault.locks === "silence") return undefined;
  return fault.locks ?? Buffer.alloc(code === op.getlk ? 24 : 0);
}

function init(body: Buffer): Buffer {
  const answer = Buffer.alloc(64);
  answer.writeUInt32LE(7, 0);
  answer.writeUInt32LE(31, 4);
  answer.writeUInt32LE(body.readUInt32LE(8), 8);
  answer.writeUInt32LE(fault.locks === undefined ? 0 : remoteLocks, 12);
  answer.writeUInt16LE(12, 16);
  answer.writeUInt16LE(10, 18);
  answer.writeUInt32LE(128 * 1024, 20);
  answer.writeUInt32LE(1, 24);
  return answer;
}

function attributes(path: string): Buffer {
  const stat: BigIntStats = lstatSync(path, { bigint: true });
  const made = Buffer.alloc(88);
  [stat.ino, stat.size, stat.blocks].forEach((value, at) => {
    made.writeBigUInt64LE(value, at * 8);
  });
  [stat.atimeMs, stat.mtimeMs, stat.ctimeMs].forEach((value, at) => {
    made.writeBigUInt64LE(value / 1000n, 24 + at * 8);
  });
  [stat.mode, stat.nlink, stat.uid, stat.gid, 0n, 4096n].forEach((value, at) => {
    made.writeUInt32LE(Number(value), 60 + at * 4);
  });
  return made;
}

function entry(path: string): Buffer {
  slow();
  const attribute = attributes(path);
  const id = ids.get(path) ?? BigInt(ids.size + 1);
  ids.set(path, id);
  nodes.set(id, path);
  const head = Buffer.alloc(40);
  head.writeBigUInt64LE(id, 0);
  return Buffer.concat([head, attribute]);
}

function open(code: number, path: string): Buffer | undefined {
  slow();
  if (fault.deaf !== undefined && path.endsWith(fault.deaf)) return undefined;
  const answer = Buffer.alloc(16);
  if (code === op.opendir) return answer;
  const file = openSync(path, "r");
  files.set(BigInt(file), file);
  answer.writeBigUInt64LE(BigInt(file), 0);
  return answer;
}

function read(body: Buffer): Buffer {
  slow();
  const file = files.get(body.readBigUInt64LE(0));
  const data = Buffer.alloc(body.readUInt32LE(16));
  return file === undefined
    ? Buffer.alloc(0)
    : data.subarray(0, readSync(file, data, 0, data.length, Number(body.readBigUInt64LE(8))));
}

function close(body: Buffer): void {
  const handle = body.readBigUInt64LE(0);
  const file = files.get(handle);
  files.delete(handle);
  if (file !== undefined) closeSync(file);
}

/** The names from an offset on, each with the offset of the next. */
function list(path: string, body: Buffer): Buffer {
  const from = Number(body.readBigUInt64LE(8));
  const room = body.readUInt32LE(16);
  const entries: Buffer[] = [];
  let size = 0;
  for (const [index, one] of readdirSync(path, { withFileTypes: true }).entries()) {
    if (index < from) continue;
    const name = Buffer.from(one.name);
    const made = Buffer.alloc(Math.ceil((24 + name.length) / 8) * 8);
    made.writeBigUInt64LE(BigInt(index + 2), 0);
    made.writeBigUInt64LE(BigInt(index + 1), 8);
    made.writeUInt32LE(name.length, 16);
    made.writeUInt32LE(one.isDirectory() ? 4 : 8, 20);
    name.copy(made, 24);
    if (size + made.length > room) break;
    size += made.length;
    entries.push(made);
  }
  return Buffer.concat(entries);
}

function slow(): void {
  if (fault.delayMs !== undefined)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fault.delayMs);
}
