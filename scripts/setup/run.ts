import { spawn } from "node:child_process";

/** One line of progress. It goes to stderr, so that what a script prints stays alone on stdout. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a command to its end and returns its stdout. `env` is merged over this process's own.
 * Throws an error with the last lines of its output when it fails, and one that names it when it cannot be started.
 */
export function run(
  argv: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const [command = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let both = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      both += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      both += text;
    });
    child.on("error", (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(stdout);
      else
        reject(new Error(`${argv.join(" ")} ended with ${signal ?? `status ${code}`}:\n${lastLines(both)}`));
    });
  });
}

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  say(`${what} …`);
  const result = await work();
  say(`${what}: done in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-25).join("\n");
}
