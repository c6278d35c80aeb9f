import { type ChildProcess, spawn } from "node:child_process";

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

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.once("error", reject);
  });
}
