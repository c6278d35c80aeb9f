import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "./debian.ts";
import { needNode24 } from "./node24.ts";
import { part } from "./part.ts";
import { run, step } from "./run.ts";

/** code-server 4.139.1 is VS Code 1.139.1 as a server, with a browser for its window. */
const version = "4.139.1";

/** How to start VS Code: `node entry …flags`. */
export interface VsCode {
  node: string;
  entry: string;
}

/**
 * A real VS Code, built once: about two minutes and 600 MB, nearly all of it the native modules of VS Code's own server,
 * which the npm package of code-server leaves to whoever installs it.
 */
export async function needVsCode(): Promise<VsCode> {
  const { node, path, headers, version: nodeVersion } = await needNode24();
  const folder = await part(`code-server-${version}-node-${nodeVersion}`, async (building) => {
    await needDebian("libkrb5-dev", "make", "g++", "python3");
    const npm = async (cwd: string, ...args: string[]): Promise<void> => {
      const flags = ["--omit=dev", "--no-audit", "--no-fund", `--nodedir=${headers}`];
      await run(["npm", "install", ...flags, ...args], { cwd, env: { PATH: path } });
    };
    writeFileSync(join(building, "package.json"), '{ "private": true }\n');
    // Its install script would do the next two steps, but with an npm and with Node headers of its own choice.
    await step(`Fetching code-server ${version}`, () =>
      npm(building, "--ignore-scripts", `code-server@${version}`),
    );
    const vscode = join(serverOf(building), "lib", "vscode");
    await step("Building VS Code's native modules (about two minutes)", async () => {
      await npm(vscode, "--ignore-scripts=false");
      await npm(join(vscode, "extensions"), "--ignore-scripts=false");
    });
    await run([node, entryOf(building), "--version"]);
  });
  return { node, entry: entryOf(folder) };
}

/** The path of Debian's chromium, which shows VS Code's window, with a font to show it in. */
export async function needChromium(): Promise<string> {
  await needDebian("chromium", "fonts-dejavu-core");
  return "/usr/bin/chromium";
}

function serverOf(folder: string): string {
  return join(folder, "node_modules", "code-server");
}

function entryOf(folder: string): string {
  return join(serverOf(folder), "out", "node", "entry.js");
}
