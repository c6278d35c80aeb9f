import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readmeAlone } from "./readme.ts";
import { withoutModes } from "./zip.ts";

/**
 * Builds the programs small and packs the extension. From one commit it is the same to the byte, wherever, whenever and by
 * whomever it is made, with the same Node on the same kind of CPU: its zlib is what differs.
 *
 *   node --import tsx scripts/package.ts               delve-doctor.vsix in the checkout's root
 *   node --import tsx scripts/package.ts --out FILE    somewhere else
 *   … --pages URL --pictures URL                       what the links and pictures of the README count from
 */
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "delve-doctor.vsix" },
    pages: { type: "string" },
    pictures: { type: "string" },
  },
});
const { out, pages, pictures } = values;
if ((pages === undefined) !== (pictures === undefined)) throw new Error("--pages and --pictures go together");
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2], env: { ...process.env, ...env } });

run(["--import", "tsx", "scripts/build.ts", "--minify"]);
// vsce takes no file from elsewhere.
const readme = "dist/README.md";
const whole = readFileSync("README.md", "utf8");
writeFileSync(readme, pages === undefined ? readmeAlone(whole) : whole);
const links =
  pages === undefined || pictures === undefined
    ? ["--no-rewrite-relative-links"]
    : ["--baseContentUrl", pages, "--baseImagesUrl", pictures];
// The bundle holds every dependency, so none is packed. The manifest names no repository that links could lead to.
const options = ["--no-dependencies", "--allow-missing-repository", "--readme-path", readme, ...links];
// vsce sorts the files, by the language of the locale, and gives each this time where there is one. A zip knows no time
// before 1980 and no time zone: what is written is the local time.
const always = { SOURCE_DATE_EPOCH: String(Date.UTC(1980, 0, 1) / 1000), TZ: "UTC", LC_ALL: "C" };
run(["node_modules/@vscode/vsce/vsce", "package", ...options, "--out", out], always);
// A file's own mode is left, which is the umask of whoever checked it out.
const packed = withoutModes(readFileSync(out));
writeFileSync(out, packed);
console.log(`${out}: ${Math.round(packed.length / 1024)} kB`);
