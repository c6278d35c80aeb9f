import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/programs.ts";
import { greetingFiles } from "../lab/moduleProxy.ts";

const sample = join(root, "examples", "stalled-launch");

describe("npm start", () => {
  it("plays the whole story: a stall, its cause, the fix, the breakpoint, and both times", async () => {
    const before = readFileSync(join(sample, ".vscode", "launch.json"));
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", join("scripts", "start.ts")],
      { cwd: root },
    );
    const said = `${stdout}${stderr}`;
    assert.match(stdout, /^go has waited .* for example\.com\/greeting@v1\.0\.0 .* Proven on /m);
    assert.match(stdout, /^- +"GOPROXY": "http:\/\/127\.0\.0\.1:\d+",$/m);
    assert.match(stderr, /^Before: "Greet" \(debug\) is stalled in build after /m);
    assert.match(stderr, /^After: {2}"Greet" \(debug\) reached its stop after /m);
    assert.match(stdout, /npx delve-doctor launch[\s\S]*npm run vscode/);
    const [folder = ""] = /\/\S*delve-doctor-lab-\w+/.exec(said) ?? [];
    assert.ok(
      folder.startsWith(tmpdir()) && !readdirSync(tmpdir()).includes(folder.slice(tmpdir().length + 1)),
    );
    assert.deepEqual(readFileSync(join(sample, ".vscode", "launch.json")), before);
  });

  it("has a sample whose sums are those of the module that its proxy serves", () => {
    assert.equal(readFileSync(join(sample, "go.sum"), "utf8"), greetingFiles["go.sum"]);
  });
});
