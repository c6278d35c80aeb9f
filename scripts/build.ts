import { chmodSync } from "node:fs";
import { parseArgs } from "node:util";
import { type BuildOptions, build } from "esbuild";

/**
 * Bundles the two programs: dist/cli.cjs (the command delve-doctor) and dist/extension.cjs.
 *
 *   node --import tsx scripts/build.ts [--minify] [--only cli|extension]
 */
const { values } = parseArgs({
  options: { minify: { type: "boolean", default: false }, only: { type: "string" } },
});

const common: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "cjs",
  // The lowest that VS Code 1.101 and the command line run on.
  target: "node20.19",
  // jsonc-parser's "main" is UMD, which does not bundle.
  mainFields: ["module", "main"],
  minify: values.minify,
  sourcemap: values.minify ? false : "linked",
  legalComments: "none",
  logLevel: "warning",
};

const programs: Readonly<Record<string, BuildOptions>> = {
  cli: { entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.cjs" },
  extension: {
    entryPoints: ["src/extension/extension.ts"],
    outfile: "dist/extension.cjs",
    external: ["vscode"],
  },
};

for (const [name, program] of Object.entries(programs))
  if (values.only === undefined || values.only === name) await build({ ...common, ...program });
if (values.only !== "extension") chmodSync("dist/cli.cjs", 0o755);
