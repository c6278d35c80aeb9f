import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { build, type Metafile, transform } from "esbuild";
import { common, root } from "./programs.ts";

/** One file of the extension: what VS Code loads first, or what that loads, at once or when it is first needed. */
export interface Piece {
  /** Its path below the folder of all pieces, such as "extension.cjs" or "parts/surfaces-2DEMQWQX.cjs". */
  readonly path: string;
  readonly bytes: number;
  /** The files it is made of, as paths below the checkout. */
  readonly sources: readonly string[];
  /** The pieces that it loads when it is loaded itself. */
  readonly needs: readonly string[];
}

export interface Shape {
  readonly minify?: boolean;
  /** Whether each piece has its map beside it. */
  readonly maps?: boolean;
}

/** What VS Code loads, by its name in package.json. */
export const main = "extension.cjs";

/**
 * Writes the extension into a folder, in pieces: what only an `import()` leads to is a piece of its own, and what several
 * pieces have in common is in none of them twice, so that each module is there once (docs/decisions/015). The names of the
 * parts hold a hash of what is in them. Gives the pieces, which may be fewer than the files that lie there from before.
 */
export async function buildExtension(
  folder: string,
  { minify = false, maps = false }: Shape = {},
): Promise<Piece[]> {
  // esbuild splits ES modules only, so these are split and then made what VS Code can load: a require for each import.
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: ["src/extension/extension.ts"],
    external: [...common.external, "vscode"],
    format: "esm",
    splitting: true,
    chunkNames: "parts/[name]-[hash]",
    outExtension: { ".js": ".cjs" },
    outdir: folder,
    minify,
    sourcemap: maps && "inline",
    write: false,
    metafile: true,
  });
  const pieces = await Promise.all(
    outputFiles.map(async ({ path, text }): Promise<Piece & { write: () => void }> => {
      const made = await transform(text, {
        format: "cjs",
        platform: "node",
        target: common.target,
        supported: { "dynamic-import": false },
        legalComments: "none",
        sourcefile: path,
        minify,
        sourcemap: maps && "external",
      });
      const code = maps ? `${made.code}//# sourceMappingURL=${basename(path)}.map\n` : made.code;
      const write = () => {
        mkdirSync(dirname(path), { recursive: true });
        if (maps) writeFileSync(`${path}.map`, made.map);
        writeFileSync(path, code);
      };
      return { ...about(metafile, folder, path), bytes: Buffer.byteLength(code), write };
    }),
  );
  // The main piece comes last, so that whoever loads it finds its parts.
  pieces.sort((one, other) => Number(one.path === main) - Number(other.path === main));
  return pieces.map(({ write, ...piece }) => {
    write();
    return piece;
  });
}

/** Every piece that is loaded with this one, itself included. */
export function loadedWith(pieces: readonly Piece[], path: string): Piece[] {
  const loaded = new Set<string>();
  const load = (name: string) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const next of pieces.find((piece) => piece.path === name)?.needs ?? []) load(next);
  };
  load(path);
  return pieces.filter((piece) => loaded.has(piece.path));
}

/** The piece that holds a source file, such as "src/extension/surfaces.ts". Throws where there is none. */
export function pieceOf(pieces: readonly Piece[], source: string): Piece {
  const found = pieces.find(({ sources }) => sources.includes(source));
  if (found === undefined) throw new Error(`no piece of the extension holds ${source}`);
  return found;
}

/** What esbuild knows of a file that it has made. Its own paths count from the checkout. */
function about({ outputs }: Metafile, folder: string, path: string): Omit<Piece, "bytes"> {
  // On Windows too esbuild writes its own paths with slashes.
  const output = outputs[relative(root, path).replaceAll(sep, "/")];
  if (output === undefined) throw new Error(`esbuild tells nothing of ${path}`);
  const needs = output.imports.filter(({ kind, external }) => kind === "import-statement" && !external);
  return {
    path: relative(folder, path),
    sources: Object.keys(output.inputs),
    needs: needs.map((one) => relative(folder, join(root, one.path))),
  };
}
