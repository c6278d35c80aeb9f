import { chmodSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { common, programs, root } from "./programs.ts";

/**
 * Bundles the programs: dist/cli.cjs (the command delve-doctor), and dist/extension.cjs with the language client and server.
 *
 *   node --import tsx scripts/build.ts            with source maps
 *   node --import tsx scripts/build.ts --minify   for the package
 */
const { values } = parseArgs({ options: { minify: { type: "boolean", default: false } } });
const shape = { minify: values.minify, sourcemap: values.minify ? false : ("linked" as const) };

await Promise.all(Object.values(programs).map((one) => build({ ...common, ...one, ...shape })));
chmodSync(join(root, programs.cli.outfile), 0o755);
