import { spawn } from "node:child_process";
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
import { needVsCode } from "../../scripts/setup/vscode.ts";

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
};

/** Starts a VS Code server on a free loopback port and waits until it answers. */
export async function startCodeServer(options: CodeServerOptions = {}): Promise<CodeServer> {
  const { node, entry } = await needVsCode();
  // A short path: VS Code puts Unix sockets below it, whose paths may have 107 bytes.
  const home = realpathSync(mkdtempSync(join(tmpdir(), "dd-editor-")));
  const [data, extensions, temp] = [join(home, "data"), join(home, "extensions"), join(home, "tmp")];
  for (const folder of [join(data, "User"), extensions, temp]) mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(data, "User", "settings.json"),
    JSON.stringify({ ...quietSettings, ...options.settings }),
  );
  await writeProfile(home, options);

  const env = environment(home, temp);
  const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
  for (const extension of options.extensions ?? []) {
    if (extension.endsWith(".vsix"))
      await run([node, entry, ...folders, "--install-extension", extension], { env });
    else link(extension, extensions);
  }

  const flags = [
    "--auth",
    "none",
    "--bind-addr",
    "127.0.0.1:0",
    "--disable-telemetry",
    "--disable-update-check",
  ];
  // Extension hosts otherwise outlive a closed browser by three hours.
  const server = spawn(node, [entry, ...flags, "--reconnection-grace-time", "10", ...folders], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stopNow = (): void => {
    for (const { pid } of processesOf(home)) kill(pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stopNow);

  let log = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  const url = await listening(
    () => log,
    () => server.exitCode,
  );
  return {
    url,
    home,
    processes: () => processesOf(home),
    async stop() {
      if (server.exitCode === null && server.pid !== undefined) {
        const ended = once(server, "exit");
        kill(-server.pid, "SIGTERM");
        await Promise.race([ended, wait(5000, undefined, { ref: false })]);
      }
      // Kills until none is left: a process may start another between the look and the kill.
      while (processesOf(home).length > 0) {
        for (const { pid } of processesOf(home)) kill(pid, "SIGKILL");
        await wait(50);
      }
      process.off("exit", stopNow);
      stopNow();
    },
  };
}

/** The extension host takes its environment from a login shell in $HOME, not from whoever started the server. */
async function writeProfile(home: string, options: CodeServerOptions): Promise<void> {
  const [cache = "", modules = ""] = (
    await run(["go", "env", "GOCACHE", "GOMODCACHE"]).catch(() => "")
  ).split("\n");
  const path = [...(options.path ?? []), process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter);
  const go = cache === "" ? {} : { GOCACHE: cache, GOMODCACHE: modules, GOTOOLCHAIN: "local" };
  const lines = Object.entries({ PATH: path, ...go, ...options.env }).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
  );
  writeFileSync(join(home, ".profile"), lines.join(""));
  // Terminals start a shell that is not a login shell.
  writeFileSync(join(home, ".bashrc"), ". ~/.profile\n");
}

function environment(home: string, temp: string): NodeJS.ProcessEnv {
  return {
    HOME: home,
    TMPDIR: temp,
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

async function listening(log: () => string, exitCode: () => number | null): Promise<string> {
  const until = Date.now() + 120_000;
  while (Date.now() < until && exitCode() === null) {
    const url = /HTTP server listening on (http:\/\/\S+?)\/?\s/.exec(log())?.[1];
    if (url !== undefined && (await fetch(`${url}/healthz`).catch(() => undefined))?.ok) return url;
    await wait(100);
  }
  throw new Error(`code-server did not start:\n${log()}`);
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
