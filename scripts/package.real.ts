import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./programs.ts";
import { namesOf } from "./zip.ts";

/** What the package holds. The parts of the extension are named by what is in them, so here they are one line. */
const wanted = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/THIRD_PARTY_NOTICES.md",
  "extension/changelog.md",
  "extension/dist/extension.cjs",
  "extension/dist/parts/*.cjs",
  "extension/dist/server.cjs",
  "extension/l10n/bundle.l10n.zh-cn.json",
  "extension/media/icon.png",
  "extension/media/walkthrough/configure.svg",
  "extension/media/walkthrough/launch.svg",
  "extension/media/walkthrough/selfTest.svg",
  "extension/media/walkthrough/slow.svg",
  "extension/package.json",
  "extension/package.nls.json",
  "extension/package.nls.zh-cn.json",
  "extension/readme.md",
];

/** What packing reads of the checkout. */
const parts = ["src", "scripts", "media", "l10n", "test", "docs"];

describe("the package", function () {
  this.timeout(600_000);
  let folder: string;
  let first: Buffer;
  let second: Buffer;

  before("pack it twice, as differently as two people may", () => {
    folder = mkdtempSync(join(tmpdir(), "dd-package-"));
    const plain = { TZ: "UTC", LC_ALL: "C" };
    first = pack(copyOf("one", { mode: 0o644, time: 1_000_000_000 }), plain);
    const other = { TZ: "Asia/Kathmandu", LC_ALL: "et_EE.UTF-8", SOURCE_DATE_EPOCH: "1" };
    second = pack(copyOf("another/much deeper", { mode: 0o600, time: 1_500_000_000 }), other);
  });
  after("remove the copies", () => rmSync(folder, { recursive: true, force: true }));

  it("is the same to the byte, whoever packs it", () => {
    assert(first.equals(second), `${first.length} and ${second.length} bytes`);
  });

  it("holds what it needs and nothing else", () => {
    const named = namesOf(first).map((name) => name.replace(/(?<=dist\/parts\/)[\w-]+(?=\.cjs$)/, "*"));
    assert.deepEqual([...new Set(named)].sort(), wanted);
  });

  /** A copy of the checkout as it is, whose files have this mode and this time (s). The packages are linked, not copied. */
  function copyOf(name: string, { mode, time }: { readonly mode: number; readonly time: number }): string {
    const copy = join(folder, name);
    mkdirSync(copy, { recursive: true });
    const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of [...files.map((file) => file.name), ...parts])
      if (!entry.endsWith(".vsix")) cpSync(join(root, entry), join(copy, entry), { recursive: true });
    for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      chmodSync(path, mode);
      utimesSync(path, time, time);
    }
    const modules = join(root, "node_modules");
    const links = spawnSync("cp", ["-al", modules, copy]);
    if (links.status !== 0) execFileSync("cp", ["-a", modules, copy]);
    return copy;
  }

  function pack(cwd: string, env: Readonly<Record<string, string>>): Buffer {
    const options = { cwd, env: { ...process.env, ...env }, stdio: "pipe" } as const;
    execFileSync(
      process.execPath,
      ["--import", "tsx", "scripts/package.ts", "--out", "packed.vsix"],
      options,
    );
    return readFileSync(join(cwd, "packed.vsix"));
  }
});
