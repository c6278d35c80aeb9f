import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";

/** Builds both programs small and packs the extension: delve-doctor.vsix in the checkout's root. */
const file = "delve-doctor.vsix";
const run = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2] });

run("--import", "tsx", "scripts/build.ts", "--minify");
// The bundle holds every dependency, so none is packed; the manifest names no repository to rewrite links to.
run(
  "node_modules/@vscode/vsce/vsce",
  "package",
  "--no-dependencies",
  "--allow-missing-repository",
  "--out",
  file,
);
console.log(`${file}: ${Math.round(statSync(file).size / 1024)} kB`);
