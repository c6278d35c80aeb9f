import { type ChildProcess, spawn } from "node:child_process";
import type { Machine } from "../hosts/machine.ts";

/**
 * Runs what dlv's `runInTerminal` asks for in the person's own terminal: this one. It shares our stdin; what it prints
 * goes to stderr, because stdout is the report's. Resolves with its pid; rejects where it cannot be started.
 */
export async function runInTerminal(args: Readonly<Record<string, unknown>>): Promise<number> {
  const {
    args: argv,
    cwd,
    env,
  } = args as { args?: string[]; cwd?: string; env?: Record<string, string | null> };
  const [command = "", ...rest] = argv ?? [];
  const merged: Record<string, string | undefined> = { ...process.env };
  for (const [name, value] of Object.entries(env ?? {})) merged[name] = value ?? undefined;
  const child = spawn(command, rest, { cwd, env: merged, stdio: ["inherit", 2, 2] });
  return started(child);
}

/** Runs a command that the person said yes to, on their own terminal: sudo asks there itself. Gives its exit code. */
export async function runVisibly(argv: readonly string[], cwd: string): Promise<number> {
  const [command = "", ...rest] = argv;
  const child = spawn(command, rest, { cwd, stdio: ["inherit", 2, 2] });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  await started(child);
  return ended;
}

/**
 * Runs a line of the login shell's language on another machine, on a pty over the connection that is there, joined to
 * the person's own terminal: sudo asks there itself. Gives its exit code; rejects where the way has no terminals.
 */
export async function runVisiblyOn(machine: Machine, line: string): Promise<number> {
  if (machine.terminal === undefined)
    throw new Error(`${machine.name} gives no terminal: run it yourself there`);
  const { stdin, stderr } = process;
  const size = () => ({ columns: stderr.columns || 80, rows: stderr.rows || 24 });
  const { stdin: keys, stdout, ended, resize } = await machine.terminal(size(), line);
  const onResize = () => resize(size());
  stderr.on("resize", onResize);
  stdin.setRawMode(true);
  stdin.pipe(keys, { end: false });
  stdout.pipe(stderr, { end: false });
  try {
    return (await ended).code ?? 1;
  } finally {
    stderr.off("resize", onResize);
    stdin.unpipe(keys);
    stdin.setRawMode(false);
    stdin.pause();
  }
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.once("error", reject);
  });
}
