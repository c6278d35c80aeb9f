import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { run } from "../../scripts/setup/run.ts";
import { needVsCode, type VsCode } from "../../scripts/setup/vscode.ts";

export interface CodeServerOptions {
  /** Extensions to have: the path of a VSIX, or the folder of an unpacked extension (linked, so edits show). */
  extensions?: string[];
  /** Folders in front of PATH, for the extension host and its terminals alike. */
  path?: string[];
  /** Further variables that the login shell exports. The Go caches are the machine's own unless set here. */
  env?: Record<string, string>;
  /** User settings, over quiet defaults (workspace trust off, no welcome page, no telemetry). */
  settings?: Record<string, unknown>;
}

/** A VS Code server of this test's own. */
export interface CodeServer {
  /** Such as "http://127.0.0.1:40123". */
  url: string;
  /** The home folder that the extension host and its terminals see; a temporary one. */
  home: string;
  /** Every living process that this server, its extensions or their children started. */
  processes(): { pid: number; command: string }[];
  /** Ends all of them and removes the temporary folders. */
  stop(): Promise<void>;
}

const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "remote.autoForwardPorts": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  // As on a desktop; in a browser VS Code otherwise saves by itself.
  "files.autoSave": "off",
  // A tooltip under a resting mouse would cover what is to be clicked next.
  "workbench.hover.delay": 3_600_000,
  // Without the graphics processor a terminal's text is in the page, where a test can read it.
  "terminal.integrated.gpuAcceleration": "off",
  // A window that is loaded anew would start a shell by itself, take the focus with it, and ask for trust.
  "terminal.integrated.hideOnStartup": "always",
  "terminal.integrated.enablePersistentSessions": false,
};

/** Starts a VS Code server on a free loopback port and waits until it answers. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const code = await needVsCode();
  // A short path: VS Code puts Unix sockets below it, whose paths may have 107 bytes.
  const home = realpathSync(mkdtempSync(join(tmpdir(), "dd-editor-")));
  // Should this process end first, nothing may outlive it.
  const stopNow = (): void => {
    for (const { pid } of processesOf(home)) kill(pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stopNow);
  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (server !== undefined) await askToEnd(server);
    // Kills until none is left: a process may start another between the look and the kill.
    while (processesOf(home).length > 0) {
      for (const { pid } of processesOf(home)) kill(pid, "SIGKILL");
      await wait(50);
    }
    process.off("exit", stopNow);
    stopNow();
  };
  try {
    const folders = await prepare(code, home, options);
    const flags = [
      "--auth",
      "none",
      "--bind-addr",
      "127.0.0.1:0",
      "--disable-telemetry",
      "--disable-update-check",
    ];
    // Extension hosts otherwise outlive a closed browser by three hours.
    const patience = ["--reconnection-grace-time", "10"];
    const started = spawn(code.node, [code.entry, ...flags, ...patience, ...folders], {
      env: environment(home),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    server = started;
    return { url: await listening(started), home, processes: () => processesOf(home), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Fills the home folder with settings, extensions and a login shell's profile. Returns the flags that name them. */
async function prepare(code: VsCode, home: string, options: CodeServerOptions): Promise<string[]> {
  const [data, extensions] = [join(home, "data"), join(home, "extensions")];
  for (const folder of [join(data, "User"), extensions, join(home, "tmp")])
    mkdirSync(folder, { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify(settings));
  await writeProfile(home, options);
  const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
  for (const extension of options.extensions ?? []) {
    if (!extension.endsWith(".vsix")) link(extension, extensions);
    else
      await run([code.node, code.entry, ...folders, "--install-extension", extension], {
        env: environment(home),
      });
  }
  return folders;
}

/** Asks the server's process group to end, and waits at most 5 s. */
async function askToEnd(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const ended = once(server, "exit");
  kill(-server.pid, "SIGTERM");
  await Promise.race([ended, wait(5000, undefined, { ref: false })]);
}

/** The extension host takes its environment from a login shell in $HOME, not from whoever started the server. */
async function writeProfile(home: string, options: CodeServerOptions): Promise<void> {
  const path = [...(options.path ?? []), process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter);
  const asked = run(["go", "env", "GOCACHE", "GOMODCACHE"], { env: { PATH: path } });
  const [cache = "", modules = ""] = (await asked.catch(() => "")).split("\n");
  const go = cache === "" ? {} : { GOCACHE: cache, GOMODCACHE: modules, GOTOOLCHAIN: "local" };
  const lines = Object.entries({ PATH: path, ...go, ...options.env }).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  writeFileSync(join(home, ".profile"), lines.join(""));
  // Terminals start a shell that is not a login shell.
  writeFileSync(join(home, ".bashrc"), ". ~/.profile\n");
}

function environment(home: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    TMPDIR: join(home, "tmp"),
    SHELL: "/bin/bash",
    LANG: "C.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    // No gallery: nothing here looks an extension up outside.
    EXTENSIONS_GALLERY: "{}",
  };
}

function link(extension: string, folder: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, "package.json"), "utf8"));
  symlinkSync(realpathSync(extension), join(folder, `${publisher}.${name}-${version}`));
}

async function listening(server: ChildProcess): Promise<string> {
  let log = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  const until = Date.now() + 120_000;
  while (Date.now() < until && server.exitCode === null) {
    const url = /HTTP server listening on (http:\/\/\S+?)\/?\s/.exec(log)?.[1];
    if (url !== undefined && (await fetch(`${url}/healthz`).catch(() => undefined))?.ok) return url;
    await wait(100);
  }
  throw new Error(`code-server did not start:\n${log}`);
}

/** A home of its own marks every process of a server, also those that left its process group or lost their parent. */
function processesOf(home: string): { pid: number; command: string }[] {
  return readdirSync("/proc").flatMap((entry) => {
    const pid = Number(entry);
    if (Number.isNaN(pid) || !readOr(`/proc/${pid}/environ`).split("\0").includes(`HOME=${home}`)) return [];
    const command = readOr(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
    // A zombie has no command line any more and waits only for its parent.
    return command === "" ? [] : [{ pid, command }];
  });
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
