import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { CodeServer } from "./codeServer.ts";
import { openWindow } from "./window.ts";

/** What became of one test in the extension host. */
export interface HostResult {
  /** Titles of its suites and its own, joined by spaces. */
  title: string;
  state: "passed" | "failed" | "pending";
  /** The stack of what it threw. */
  error?: string;
}

export interface HostOptions {
  /** Test files in TypeScript; each may import "vscode", and is bundled with the rest of what it imports. */
  tests: string[];
  /** Unpacked extensions to load as under development, besides those that the server has. */
  extensions?: string[];
  /** How long all of them may take together. */
  timeoutMs?: number;
}

/**
 * Runs mocha tests inside a real extension host, with the `vscode` API, in a window on `folder`.
 * Throws when the tests could not be run; a failed test is a result.
 */
export async function mochaInHost(
  server: CodeServer,
  folder: string,
  options: HostOptions,
): Promise<HostResult[]> {
  const work = mkdtempSync(join(tmpdir(), "dd-host-"));
  try {
    const { outputFiles } = await build({
      entryPoints: options.tests,
      outdir: work,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["vscode"],
      sourcemap: "inline",
      write: false,
    });
    for (const file of outputFiles) writeFileSync(file.path, file.contents);
    const runner = join(work, "runner.cjs");
    const results = join(work, "results.json");
    // VS Code enters test mode only for an extension under development, so the tests come as one.
    writeFileSync(join(work, "package.json"), JSON.stringify(testExtension));
    writeFileSync(
      runner,
      runnerSource(
        outputFiles.map(({ path }) => path),
        results,
      ),
    );

    const host = await runTests(server, folder, work, runner, options);
    const found = readResults(results);
    if (found === undefined)
      throw new Error(`The tests did not run to their end (${host.end}):\n${host.log}`);
    return found;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const testExtension = {
  name: "host-tests",
  publisher: "delve-doctor-tests",
  version: "0.0.1",
  engines: { vscode: "^1.101.0" },
};

/** Opens a window in test mode and waits until the extension host says that the tests have ended. */
async function runTests(
  server: CodeServer,
  folder: string,
  tests: string,
  runner: string,
  { extensions = [], timeoutMs = 300_000 }: HostOptions,
): Promise<{ end: string; log: string }> {
  let log = "";
  let timer: NodeJS.Timeout | undefined;
  let exited: (end: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    exited = resolve;
    timer = setTimeout(resolve, timeoutMs, `no end after ${timeoutMs / 1000} s`);
  });
  const prepare = async (page: Page): Promise<void> => {
    // These two are what VS Code calls in a browser to report the end of its tests and what they print.
    await page.exposeFunction("codeAutomationExit", (code: number) => exited(`exit code ${code}`));
    await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
      log += `${args.map(String).join(" ")}\n`;
    });
    const developmentOptions = {
      extensions: [tests, ...extensions].map((path) => remoteUri(server, path)),
      extensionTestsPath: remoteUri(server, runner),
    };
    await page.addInitScript({ content: enterTestMode(developmentOptions) });
  };
  const window = await openWindow(server, folder, { prepare });
  try {
    return { end: await ended, log };
  } finally {
    clearTimeout(timer);
    await window.close();
  }
}

function remoteUri(server: CodeServer, path: string): { scheme: string; authority: string; path: string } {
  return { scheme: "vscode-remote", authority: new URL(server.url).host, path };
}

/**
 * A script for the page. VS Code reads its start options from an attribute that the server writes, and the server writes
 * no test options (it ignores those in the address), so they are added as the attribute is read. A text and not a
 * function: tsx marks functions with a helper that the page does not have.
 */
function enterTestMode(developmentOptions: object): string {
  return `{
  const read = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = read.call(this, name);
    if (this.id !== "vscode-workbench-web-configuration" || name !== "data-settings") return value;
    return JSON.stringify({ ...JSON.parse(value), developmentOptions: ${JSON.stringify(developmentOptions)} });
  };
}`;
}

/** The module that the extension host loads and whose `run` it calls. */
function runnerSource(files: string[], results: string): string {
  const mocha = createRequire(import.meta.url).resolve("mocha");
  return `"use strict";
const { writeFileSync } = require("node:fs");
exports.run = async () => {
  const { default: Mocha } = await import(${JSON.stringify(mocha)});
  const mocha = new Mocha({ ui: "bdd", timeout: 60000, color: false });
  for (const file of ${JSON.stringify(files)}) mocha.addFile(file);
  const results = [];
  await new Promise((resolve) => {
    const note = (state) => (test, error) =>
      results.push({ title: test.fullTitle(), state, ...(error && { error: String(error.stack ?? error) }) });
    mocha
      .run(resolve)
      .on("pass", note("passed"))
      .on("fail", note("failed"))
      .on("pending", note("pending"));
  });
  writeFileSync(${JSON.stringify(results)}, JSON.stringify(results));
};
`;
}

function readResults(file: string): HostResult[] | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
