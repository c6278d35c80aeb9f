import { chmodSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildExtension } from "./pieces.ts";
import { common, programs, root } from "./programs.ts";

/**
 * Bundles the programs: dist/cli.cjs (the command delve-doctor) with dist/mcp.cjs, dist/server.cjs (the language server), and
 * dist/extension.cjs with its parts. What an earlier build has left in dist is removed when this one is complete.
 *
 *   node --import tsx scripts/build.ts            with source maps
 *   node --import tsx scripts/build.ts --minify   for the package
 */
const { values } = parseArgs({ options: { minify: { type: "boolean", default: false } } });
const { minify } = values;
const dist = join(root, "dist");

const [pieces, ...built] = await Promise.all([
  buildExtension(dist, { minify, maps: !minify }),
  ...Object.values(programs).map((one) =>
    build({ ...common, ...one, minify, sourcemap: minify ? false : "linked", metafile: true }),
  ),
]);
chmodSync(join(root, programs.cli.outfile), 0o755);

const written = new Set([
  ...pieces.flatMap(({ path }) => [join(dist, path), ...(minify ? [] : [join(dist, `${path}.map`)])]),
  ...built.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((path) => join(root, path))),
]);
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  const path = join(dist, name);
  if (!written.has(path) && statSync(path).isFile()) rmSync(path);
}
