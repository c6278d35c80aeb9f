import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { hello } from "../lab/go.ts";
import { type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { skip } from "../lab/skip.ts";
import { dlv, go } from "../lab/tools.ts";
import { run } from "./delveDoctor.ts";

/** All that lies below a folder, the folder itself included. */
function below(folder: string): string[] {
  return [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  ];
}

describe("what a launch leaves on the disk", function () {
  this.timeout(120_000);
  let here: LabFolder;
  before(async function () {
    if (process.platform === "win32") skip(this, "files there have no owner and no mode");
    await warmCache();
    here = makeFolder({ "go.mod": "module example.com/app\n\ngo 1.22\n", "main.go": hello });
    mkdirSync(join(here.folder, "tmp"), { mode: 0o777 });
  });
  after(() => here?.remove());

  it("is for this user alone, also where files are everybody's by default", async () => {
    const { folder } = here;
    const before = process.umask(0);
    const path = `${dirname(await dlv())}:${dirname(await go())}:${process.env["PATH"]}`;
    const env = {
      PATH: path,
      CGO_ENABLED: "0",
      TMPDIR: join(folder, "tmp"),
    };
    try {
      // What it costs is told in a finding where this machine is slow, and its exit code with it.
      const { stderr } = await run(folder, ["launch", "--program", ".", "--break", "main.go:13"], env);
      assert.match(stderr, /✓ run/);
    } finally {
      process.umask(before);
    }
    const state = below(join(folder, "state"));
    for (const path of state) {
      const { mode, uid } = lstatSync(path);
      assert.equal(uid, process.getuid?.(), path);
      assert.equal(mode & 0o077, 0, `${path} has mode ${(mode & 0o7777).toString(8)}`);
    }
    assert.ok(
      state.some((path) => path.endsWith(".jsonl")),
      state.join("\n"),
    );
    assert.ok(state.length >= 5, state.join("\n"));
  });

  it("is nothing at all in the folder for temporary files, nor beside the program", () => {
    // Go's telemetry and dlv's are their own affair, and go there not.
    assert.deepEqual(readdirSync(join(here.folder, "tmp")), []);
    assert.deepEqual(
      readdirSync(here.folder).filter((name) => name.startsWith("__debug_bin")),
      [],
    );
  });
});
