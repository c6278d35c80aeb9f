import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** How many launch logs are kept, and how large (bytes) each may grow. */
const keptLogs = 20;
const logBytes = 8 * 1024 * 1024;

/** A file for the events of one launch: whole lines are added until it is full. */
export interface EventLog {
  readonly file?: string;
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Opens a new log in `folder` and removes the oldest. Where none can be written the launch goes on without. */
export function openEventLog(folder: string): EventLog {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const logs = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
    for (const old of logs.sort().slice(0, Math.max(0, logs.length + 1 - keptLogs)))
      rmSync(join(folder, old), { force: true });
    return boundedLog(join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${process.pid}.jsonl`));
  } catch {
    return { write() {}, close() {} };
  }
}

function boundedLog(file: string): EventLog {
  const fd = openSync(file, "wx", 0o600);
  let room = logBytes;
  let open = true;
  return {
    file,
    write(line) {
      room -= Buffer.byteLength(line);
      if (!open || room <= 0) return;
      try {
        writeSync(fd, line);
      } catch {
        // A full disk must not end the launch that may be failing for that very reason.
        room = 0;
      }
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}
