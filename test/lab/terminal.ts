import { spawn } from "node:child_process";
import { quote } from "../../src/core/shell.ts";

/**
 * A terminal as an editor opens it, made by script(1), and a person in it who types `keys`. What runs in it has a pty for
 * its standard input.
 */
export function terminalTyping(keys: string) {
  return async (request: Readonly<Record<string, unknown>>): Promise<number> => {
    const { args, cwd, env } = request as { args: string[]; cwd?: string; env?: Record<string, string> };
    const child = spawn("script", ["-qec", args.map(quote).join(" "), "/dev/null"], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["pipe", "ignore", "ignore"],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once("spawn", () => resolve(child.pid ?? 0));
      child.once("error", reject);
    });
    child.stdin.write(keys);
    return pid;
  };
}
