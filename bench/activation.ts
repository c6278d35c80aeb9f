import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildExtension, loadedWith, main, type Piece, pieceOf } from "../scripts/pieces.ts";
import { root } from "../scripts/programs.ts";
import { type CodeServer, startCodeServer } from "../test/editor/codeServer.ts";
import { openWindow, until } from "../test/editor/window.ts";
import { editorText, runCommand } from "../test/editor/workbench.ts";
import { type Figure, spread } from "./figure.ts";
import type { Bench } from "./sides.ts";

const aims = { activationMs: 30, mainBytes: 400_000, packageBytes: 2_000_000 };

/** How long (ms) an extension host has logged nothing when it is at rest. */
const restMs = 3000;

/** What VS Code says of one activation, in whole ms: reading the code, and the call of `activate`. */
interface Activation {
  readonly load: number;
  readonly call: number;
}

/** What the extension costs before its first launch: the time VS Code reports for its activation, and its sizes. */
export async function activation({ folder }: Bench, quick: boolean): Promise<Figure[]> {
  const extension = join(folder, "extension");
  const pieces = await buildExtension(join(extension, "dist"), { minify: true });
  const times = await activations(folder, extension, quick ? 2 : 5);
  const totals = times.map(({ load, call }) => load + call);
  return [
    {
      figure: "activation_in_vscode",
      aim: `activation_ms <= ${aims.activationMs}`,
      met: spread(totals).median <= aims.activationMs,
      rounds: times.length,
      activation_ms: spread(totals),
      load_code_ms: spread(times.map(({ load }) => load)),
      call_activate_ms: spread(times.map(({ call }) => call)),
    },
    sizes(pieces),
    packed(),
  ];
}

/**
 * Activates the extension in window after window of a real VS Code. Here a command of its own is all that it is activated
 * by: at a language, VS Code activates others in the same moment, and counts what they take to be read as ours, too.
 */
async function activations(folder: string, extension: string, windows: number): Promise<Activation[]> {
  const manifest: object = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  writeFileSync(join(extension, "package.json"), JSON.stringify({ ...manifest, activationEvents: [] }));
  for (const part of ["package.nls.json", "media"])
    cpSync(join(root, part), join(extension, part), { recursive: true });
  const workspace = join(folder, "empty");
  mkdirSync(workspace);
  const server = await startCodeServer({ extensions: [extension] });
  const found: Activation[] = [];
  try {
    while (found.length < windows) found.push(await activateOnce(server, workspace, found.length + 1));
  } finally {
    await server.stop();
  }
  return found;
}

/** `nth`: so many windows have been opened with this one. */
async function activateOnce(server: CodeServer, workspace: string, nth: number): Promise<Activation> {
  const { page, close } = await openWindow(server, workspace);
  const told = (line: RegExp) => hostLogs(server).match(line)?.length ?? 0;
  try {
    await until("an extension host at rest", restOf(server, nth));
    await runCommand(page, "Delve Doctor: Show Log");
    await until("our activation", async () => told(/_doActivateExtension delve-doctor\./g) >= nth);
    return await until("our line in VS Code's table", async () => {
      await runCommand(page, "Developer: Startup Performance");
      await page.locator('.tab.active[aria-label^="Startup Performance"]').waitFor();
      const row = /^\| delve-doctor\.delve-doctor +\| \w+ +\| (\d+) +\| (\d+) /m.exec(await editorText(page));
      await runCommand(page, "View: Close All Editors");
      return row !== null && { load: Number(row[1]), call: Number(row[2]) };
    });
  } finally {
    await close();
  }
}

/** True once the nth extension host has started what VS Code starts by itself, and starts nothing more. */
function restOf(server: CodeServer, nth: number): () => Promise<boolean> {
  let last = "";
  let since = Date.now();
  return async () => {
    const now = hostLogs(server);
    if (now !== last) since = Date.now();
    last = now;
    const started = now.match(/Eager extensions activated/g) ?? [];
    return started.length >= nth && Date.now() - since > restMs;
  };
}

/** What the extension hosts of all windows have logged. */
function hostLogs({ home }: CodeServer): string {
  const logs = join(home, "data", "logs");
  return readdirSync(logs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("remoteexthost.log"))
    .map((name) => readFileSync(join(logs, name), "utf8"))
    .join("");
}

/** How large is what is read at the activation, and what at the first launch besides. */
function sizes(pieces: readonly Piece[]): Figure {
  const bytesOf = (some: readonly Piece[]) => some.reduce((sum, { bytes }) => sum + bytes, 0);
  const atActivation = loadedWith(pieces, main);
  const atLaunch = loadedWith(pieces, pieceOf(pieces, "src/extension/surfaces.ts").path);
  const mainBytes = bytesOf(atActivation);
  return {
    figure: "main_bundle",
    aim: `main_bytes <= ${aims.mainBytes}`,
    met: mainBytes <= aims.mainBytes,
    rounds: 1,
    main_bytes: mainBytes,
    main_files: atActivation.length,
    with_first_launch_bytes: bytesOf([...new Set([...atActivation, ...atLaunch])]),
    all_pieces_bytes: bytesOf(pieces),
  };
}

/** How large is the package, made as it is for a release: this writes dist and the VSIX of the checkout. */
function packed(): Figure {
  execFileSync(process.execPath, ["--import", "tsx", "scripts/package.ts"], { cwd: root, stdio: "ignore" });
  const bytes = statSync(join(root, "delve-doctor.vsix")).size;
  return {
    figure: "vsix",
    aim: `vsix_bytes <= ${aims.packageBytes}`,
    met: bytes <= aims.packageBytes,
    rounds: 1,
    vsix_bytes: bytes,
  };
}
