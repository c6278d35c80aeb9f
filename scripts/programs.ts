import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";

/** The root of the checkout, which the paths below count from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How everything is bundled. */
export const common = {
  bundle: true,
  platform: "node",
  format: "cjs",
  // The lowest that VS Code 1.101 and the command line run on.
  target: "node20.19",
  // jsonc-parser's "main" is UMD, which does not bundle.
  mainFields: ["module", "main"],
  // ssh2's native parts are optional, and what is bundled must run on every platform.
  external: ["cpu-features"],
  loader: { ".node": "empty" },
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: root,
} satisfies BuildOptions;

/** Leaves out of the command what only `delve-doctor mcp` needs and all verbs would wait for: it lies beside, in mcp.cjs. */
const mcpBeside: Plugin = {
  name: "mcp beside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/mcpServer\.ts$/ }, () => ({ path: "./mcp.cjs", external: true })),
};

/**
 * What is one file each: the command delve-doctor, what it loads for `mcp`, and the language server. The extension is in pieces
 * (pieces.ts).
 */
export const programs = {
  cli: { entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.cjs", plugins: [mcpBeside] },
  mcp: { entryPoints: ["src/cli/mcpServer.ts"], outfile: "dist/mcp.cjs" },
  server: { entryPoints: ["src/language/main.ts"], outfile: "dist/server.cjs" },
} satisfies Record<string, BuildOptions>;
