import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildExtension, loadedWith, main, type Piece, pieceOf } from "./pieces.ts";

/** What an activation may load at most, and what all may that a launch needs which nothing is wrong with. */
const limitBytes = 400_000;

describe("the extension in pieces", () => {
  let folder: string;
  let pieces: readonly Piece[];
  const nodeRequire = createRequire(import.meta.url);

  before("build it as it is packed", async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "dd-pieces-")));
    pieces = await buildExtension(join(folder, "dist"), { minify: true });
  });
  after("remove it", () => {
    for (const path of loaded()) delete nodeRequire.cache[path];
    rmSync(folder, { recursive: true, force: true });
  });

  const bytesOf = (some: readonly Piece[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  /** The piece that an import() of a source file leads to. */
  const behind = (source: string) => pieceOf(pieces, `src/${source}`).path;
  /** Those of the packages and files that a piece has loaded with it. */
  const among = (path: string, some: readonly string[]) => {
    const sources = loadedWith(pieces, path).flatMap((piece) => piece.sources);
    return some.filter((one) => sources.some((source) => source.includes(one)));
  };
  const loaded = () => Object.keys(nodeRequire.cache).filter((path) => path.startsWith(folder));
  const packages = (...names: readonly string[]) => names.map((name) => `node_modules/${name}/`);
  const onlyWhenUsed = [
    ...packages("ssh2", "ssh-config", "yaml", "vscode-languageclient", "vscode-jsonrpc", "diff"),
    ...["src/causes/index.ts", "src/rules/", "src/report/markdown.ts", "src/extension/commands.ts"],
    ...["src/agent/", "src/extension/agentTools.ts"],
  ];

  it("has a small main piece, without what a launch, a diagnosis or a check needs", () => {
    assert.ok(bytesOf(loadedWith(pieces, main)) <= limitBytes);
    const later = [...onlyWhenUsed, ...packages("jsonc-parser"), "src/proxy/", "src/session/"];
    assert.deepEqual(among(main, later), []);
  });

  it("needs no more for a healthy launch, and nothing that only a diagnosis needs", () => {
    const launch = behind("extension/surfaces.ts");
    const both = new Set([...loadedWith(pieces, main), ...loadedWith(pieces, launch)]);
    assert.ok(bytesOf([...both]) <= limitBytes);
    assert.deepEqual(among(launch, onlyWhenUsed), []);
  });

  it("has what is left out of these where it is used", () => {
    const places: Readonly<Record<string, readonly string[]>> = {
      "hosts/ssh/open.ts": packages("ssh2", "ssh-config"),
      "extension/languageClient.ts": packages("vscode-languageclient", "vscode-jsonrpc"),
      "extension/commands.ts": [...packages("yaml", "diff"), "src/report/markdown.ts"],
      "causes/index.ts": ["src/causes/index.ts"],
    };
    for (const [source, parts] of Object.entries(places))
      assert.deepEqual(among(behind(source), parts), parts);
  });

  it("has every module once, so that what it remembers is there once", () => {
    const all = pieces.flatMap(({ sources }) => sources);
    assert.deepEqual(
      all.filter((source, at) => all.indexOf(source) !== at),
      [],
    );
  });

  it("is loaded piece by piece, as its graph says, and starts where there are no language models", () => {
    // Whatever is taken from VS Code while a module is loaded can be called and made; language models it has none, as a fork.
    const standIn =
      "const any = new Proxy(function () {}, { get: (_, name) => name === 'prototype' ? {} : name === 'lm' ? undefined : any,";
    const vscode = join(folder, "node_modules", "vscode");
    mkdirSync(vscode, { recursive: true });
    writeFileSync(
      join(vscode, "index.js"),
      `${standIn} construct: () => any, apply: () => any });\nmodule.exports = any;\n`,
    );
    for (const path of [main, behind("extension/surfaces.ts"), behind("extension/commands.ts")]) {
      const before = new Set(loaded());
      nodeRequire(join(folder, "dist", path));
      const now = loaded().filter((one) => !before.has(one) && !one.startsWith(vscode));
      const expected = loadedWith(pieces, path).map((piece) => join(folder, "dist", piece.path));
      assert.deepEqual(
        now.map((one) => relative(folder, one)).sort(),
        expected
          .filter((one) => !before.has(one))
          .map((one) => relative(folder, one))
          .sort(),
      );
    }
    const { activate }: { readonly activate?: unknown } = nodeRequire(join(folder, "dist", main));
    assert.equal(typeof activate, "function");
    if (typeof activate === "function") activate(nodeRequire(vscode));
  });
});
