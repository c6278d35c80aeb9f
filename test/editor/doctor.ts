import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { englishBundle } from "../../scripts/l10n.ts";
import { buildExtension } from "../../scripts/pieces.ts";
import { common, programs, root } from "../../scripts/programs.ts";
import { needDelve } from "../../scripts/setup/delve.ts";
import { needGo } from "../../scripts/setup/go.ts";
import { run } from "../../scripts/setup/run.ts";
import { blackHole } from "../lab/blackHole.ts";
import { warmCache } from "../lab/module.ts";
import { moduleProxy } from "../lab/moduleProxy.ts";
import { type CodeServer, startCodeServer } from "./codeServer.ts";
import { openWindow, screenshot, until } from "./window.ts";
import { writeWorkspace } from "./workspace.ts";

/** VS Code with this checkout's extension and the stand-in for golang.go, on a workspace of its own. */
export interface DoctorWindow {
  readonly server: CodeServer;
  readonly page: Page;
  /** The workspace, and the unpacked extension as VS Code loads it. */
  readonly folder: string;
  readonly extension: string;
  /** Takes a picture for people to look at. */
  picture(name: string): Promise<void>;
  /** The extension's own log, of all extension hosts so far. */
  log(): string;
  /** The processes below this VS Code whose command line matches: dlv, what it builds with, what it debugs. */
  pids(command: RegExp): number[];
  /** Waits until no dlv, no build and no debugged program is left, and no file that Delve built. */
  untilNothingIsLeft(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** What Delve and go leave only while they run. */
export const launched = /\bdlv\S* dap|__debug_bin|\/compile |go build|go test/;

/**
 * What a window has besides: folders in front of its PATH, whatever is done to the workspace before it opens, and the
 * language of VS Code, such as "zh-cn". With `words` these stand for the texts of that language.
 */
export interface DoctorOptions {
  readonly path?: readonly string[];
  readonly prepare?: (folder: string) => Promise<void>;
  readonly language?: string;
  readonly words?: (english: string) => string;
}

/** Sets everything up: VS Code, Go, Delve, a silent module proxy and a working one, and a warm build cache. */
export async function openDoctor(options: DoctorOptions = {}): Promise<DoctorWindow> {
  const path = [...(options.path ?? []), dirname(await needGo()), dirname(await needDelve())];
  await warmCache();
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "dd-doctor-")));
  const [folder, extension] = [join(temporary, "shop"), join(temporary, "extension")];
  for (const part of ["package.json", "package.nls.json", "package.nls.zh-cn.json", "l10n", "media"])
    cpSync(join(root, part), join(extension, part), { recursive: true });
  const { server: languageServer } = programs;
  await Promise.all([
    buildExtension(join(extension, "dist")),
    build({ ...common, ...languageServer, outfile: join(extension, languageServer.outfile) }),
  ]);
  const { language, words } = options;
  if (language !== undefined && words !== undefined) translate(extension, language, words);
  const [silent, working] = [await blackHole(), await moduleProxy()];
  const [emptyCache, emptyModules] = [join(temporary, "cache"), join(temporary, "no-modules")];
  writeWorkspace({ folder, silentProxy: silent.url, emptyCache, emptyModules });
  await options.prepare?.(folder);
  const server = await startCodeServer({
    extensions: [join(import.meta.dirname, "standin-go"), extension],
    path,
    env: {
      GOENV: "off",
      GOFLAGS: "",
      GOPROXY: working.url,
      GOMODCACHE: join(temporary, "modules"),
    },
  });
  // The workbench's own texts stay English: no language pack is needed for ours.
  const speak = `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`;
  const prepare = async (page: Page) => {
    if (language !== undefined) await page.addInitScript({ content: speak });
  };
  const window = await openWindow(server, folder, { prepare });
  const pids = (command: RegExp) =>
    server.processes().flatMap((one) => (command.test(one.command) ? [one.pid] : []));
  const binaries = () => files(folder).filter((name) => name.includes("__debug_bin"));
  return {
    server,
    page: window.page,
    folder,
    extension,
    picture: (name) => screenshot(window.page, join(import.meta.dirname, "screenshots", `${name}.png`)),
    log: () =>
      files(join(server.home, "data", "logs"))
        .filter((name) => name.endsWith("Delve Doctor.log"))
        .map((name) => readFileSync(join(server.home, "data", "logs", name), "utf8"))
        .join(""),
    pids,
    async untilNothingIsLeft(timeoutMs) {
      const nothing = async () => pids(launched).length === 0 && binaries().length === 0;
      await until("the end of dlv and of all it started", nothing, timeoutMs);
    },
    async close() {
      await window.close();
      await server.stop();
      await silent.close();
      await working.close();
      // Go makes its module cache read-only.
      await run(["chmod", "-R", "u+w", temporary]);
      rmSync(temporary, { recursive: true, force: true });
      if (server.processes().length > 0) throw new Error("VS Code has left processes behind");
    },
  };
}

/** Gives the unpacked extension a language that is made of its English texts. */
function translate(extension: string, language: string, words: (english: string) => string): void {
  const write = (name: string, texts: Readonly<Record<string, string>>) => {
    const all = Object.entries(texts).map(([key, english]) => [key, words(english)]);
    writeFileSync(join(extension, name), JSON.stringify(Object.fromEntries(all)));
  };
  write(join("l10n", `bundle.l10n.${language}.json`), englishBundle());
  write(`package.nls.${language}.json`, JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")));
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}
