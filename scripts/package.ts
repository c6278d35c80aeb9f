import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";

/** Builds both programs small and packs the extension: delve-doctor.vsix in the checkout's root. */
const file = "delve-doctor.vsix";
const run = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2] });

run("--import", "tsx", "scripts/build.ts", "--minify");
// The bundle holds every dependency, so none is packed. The manifest names no repository that links could lead to.
const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
run("node_modules/@vscode/vsce/vsce", "package", ...options, "--out", file);
console.log(`${file}: ${Math.round(statSync(file).size / 1024)} kB`);
