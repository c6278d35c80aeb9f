import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchOf } from "../../test/lab/judge.ts";
import { rememberTiming, stateFolder, timingsOf } from "./state.ts";

describe("what the command line remembers", () => {
  const before = process.env["XDG_STATE_HOME"];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dd-state-"));
    process.env["XDG_STATE_HOME"] = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    rmSync(folder, { recursive: true });
  });

  it("is of the last 200 programs, whose oldest are forgotten, and of nothing else", async () => {
    const timings = join(stateFolder(), "timings");
    mkdirSync(timings, { recursive: true });
    writeFileSync(join(stateFolder(), "fixes.jsonl"), "");
    for (let day = 0; day < 205; day += 1) {
      writeFileSync(join(timings, `${day}.json`), "[]");
      utimesSync(join(timings, `${day}.json`), 86_400 * (day + 1), 86_400 * (day + 1));
    }
    await rememberTiming(launchOf({}));
    const left = readdirSync(timings);
    assert.equal(left.length, 200);
    assert.equal((await timingsOf(launchOf({}))).length, 1);
    assert.deepEqual(
      [5, 6, 204].map((day) => left.includes(`${day}.json`)),
      [false, true, true],
    );
    assert.deepEqual(readdirSync(stateFolder()), ["fixes.jsonl", "timings"]);
  });
});
