import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { common, programs } from "../../scripts/programs.ts";
import { labEnv } from "../lab/module.ts";

const temporary = mkdtempSync(join(tmpdir(), "delve-doctor-cli-"));
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
let built: Promise<string> | undefined;

/** The command line as it is shipped, with what it loads for `mcp` beside it: built once for all tests. */
export function delveDoctor(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  const outfile = join(temporary, "cli.cjs");
  await Promise.all([
    build({ ...common, ...programs.cli, outfile }),
    build({ ...common, ...programs.mcp, outfile: join(temporary, "mcp.cjs") }),
  ]);
  // Another user may be made to run it.
  chmodSync(temporary, 0o755);
  chmodSync(outfile, 0o755);
  return outfile;
}

/** How the command line ended, and what it said. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Answer>;
  /** Waits until stdout and stderr together hold a match. */
  said(pattern: RegExp): Promise<void>;
}

/**
 * Starts the command line in `folder`, with its state in `folder`/state and nothing of this machine's Go settings; as
 * the user `uid`, where root asks for it. `inside` is what runs it.
 */
export async function start(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  uid?: number,
  inside: readonly string[] = [],
): Promise<Running> {
  const [file = "", ...rest] = [...inside, process.execPath, await delveDoctor(), ...args];
  const child = spawn(file, rest, {
    cwd: folder,
    env: { ...process.env, ...(await labEnv()), XDG_STATE_HOME: join(folder, "state"), ...env },
    ...(uid !== undefined && { uid }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  const hear = (add: (text: string) => void) => (text: string) => {
    add(text);
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on(
    "data",
    hear((text) => {
      stdout += text;
    }),
  );
  child.stderr.setEncoding("utf8").on(
    "data",
    hear((text) => {
      stderr += text;
    }),
  );
  const ended = new Promise<Answer>((resolve) =>
    child.once("close", (code) => resolve({ code, stdout, stderr })),
  );
  return {
    child,
    ended,
    said(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout + stderr)) {
            listeners.delete(look);
            resolve();
          }
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`${pattern} was never said:\n${stdout}${stderr}`)));
      });
    },
  };
}

/** Runs the command line to its end, with no terminal to ask on. */
export async function run(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  uid?: number,
  inside: readonly string[] = [],
): Promise<Answer> {
  const { child, ended } = await start(folder, args, env, uid, inside);
  child.stdin?.end();
  return ended;
}

/** The processes that run in `folder`, and the binaries that dlv left in it. Empty after a clean end. */
export function leftIn(folder: string): string[] {
  const running = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => link(`/proc/${pid}/cwd`).startsWith(folder));
  const binaries = readdirSync(folder).filter((name) => name.startsWith("__debug_bin"));
  return [...running, ...binaries];
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
