import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startCodeServer } from "../test/editor/codeServer.ts";
import { warmCache } from "../test/lab/module.ts";
import { openSample } from "./sample.ts";
import { needDelve } from "./setup/delve.ts";
import { needGo } from "./setup/go.ts";
import { needLinux } from "./setup/linux.ts";
import { say, step } from "./setup/run.ts";

/**
 * A real VS Code with this extension, as `dist/` has it, in a browser of your own:
 *
 *   npm run vscode                       a copy of examples/stalled-launch, with the module proxy that never answers
 *   npm run vscode -- FOLDER             your own folder
 *   npm run vscode -- --extension VSIX   the extension from a package (or another unpacked folder)
 *
 * The Go extension cannot be had from a package registry, so the stand-in of the tests takes its place; one from a VSIX
 * of your own can be given with --go. Nothing stays behind.
 */
needLinux("npm run vscode");
const root = join(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  options: {
    extension: { type: "string", default: root },
    go: { type: "string", default: join(root, "test", "editor", "standin-go") },
  },
  allowPositionals: true,
});

// What is missing is said in one line; where in this script it was missed helps nobody.
process.on("uncaughtException", (error) => {
  say(error.message);
  process.exit(1);
});
const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort());

const path = [dirname(await needGo()), dirname(await needDelve())];
const [given] = positionals;
if (given === undefined) await step("Warming the build cache, so that only the fault is slow", warmCache);
const sample =
  given === undefined ? await openSample() : { folder: resolve(given), env: {}, close: async () => {} };
try {
  await show(sample.folder, sample.env);
} finally {
  await sample.close();
}

/** Shows a folder until Ctrl+C. */
async function show(folder: string, env: Record<string, string>): Promise<void> {
  const extensions = [resolve(values.go), resolve(values.extension)];
  const server = await step("Starting VS Code", () => startCodeServer({ extensions, path, env }));
  try {
    console.log(`
VS Code is at ${server.url}/?folder=${encodeURIComponent(folder)}
Press F5 there.${given === undefined ? ' The launch "Greet" stalls: its GOPROXY never answers.' : ""}
Ctrl+C here stops it.`);
    if (!interrupted.signal.aborted) await once(interrupted.signal, "abort");
    say("\nStopping …");
  } finally {
    await server.stop();
  }
}
