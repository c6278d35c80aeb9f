import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEventLog } from "./eventLog.ts";

describe("the logs of launches", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "delve-doctor-logs-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are twenty at most, wherever the clock jumps", () => {
    const { now } = Date;
    const real = Date;
    try {
      for (let launch = 0; launch < 50; launch += 1) {
        const at = now() + (launch % 2 === 0 ? -1 : 1) * launch * 86_400_000;
        globalThis.Date = class extends real {
          constructor() {
            super(at);
          }
        } as DateConstructor;
        openEventLog(folder).close();
      }
    } finally {
      globalThis.Date = real;
    }
    assert.equal(readdirSync(folder).length, 20);
  });

  it("hold 8 MB at most each, in whole lines", () => {
    const log = openEventLog(folder);
    const line = `${"x".repeat(99_999)}\n`;
    for (let count = 0; count < 100; count += 1) log.write(line);
    log.close();
    const { size } = statSync(log.file ?? "");
    assert.ok(size > 7_000_000 && size <= 8 * 1024 * 1024 && size % line.length === 0, `${size} bytes`);
  });
});
