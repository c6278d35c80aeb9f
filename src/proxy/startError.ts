import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { say } from "../core/say.ts";
import type { SpawnPlan } from "./plan.ts";

/** Says in one line why a program could not be started: Node reports a missing cwd as a missing program. */
export function explainSpawnError(code: string, plan: Pick<SpawnPlan, "command" | "cwd" | "env">): string {
  const { command, cwd } = plan;
  if (!existsSync(cwd)) return say`the directory that dlv is to run in does not exist: ${cwd}`;
  if (!statSync(cwd).isDirectory()) return say`dlv is to run in ${cwd}, which is not a directory`;
  const file = findProgram(command, plan.env["PATH"] ?? "", cwd);
  if (file === undefined) {
    return command.includes("/")
      ? say`dlv was not found: there is no ${command}`
      : say`dlv was not found: there is no ${command} on the PATH ${plan.env["PATH"] ?? say`(empty)`}`;
  }
  if (code === "ENOENT") {
    const interpreter = interpreterOf(file);
    if (interpreter !== undefined) return say`${file} needs ${interpreter} to run, which does not exist`;
  }
  if (code === "EACCES") {
    if (statSync(file).isDirectory()) return say`${file} is a directory, not dlv`;
    return say`${file} is not executable, or lies on a file system mounted noexec`;
  }
  return say`${file} could not be started: ${code}`;
}

/** The file that a command names, executable or not; undefined where there is none. */
export function findProgram(command: string, path: string, cwd: string): string | undefined {
  const candidates = command.includes("/")
    ? [resolve(cwd, command)]
    : path.split(delimiter).map((dir) => join(dir || cwd, command));
  return candidates.find(isExecutable) ?? candidates.find((file) => existsSync(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The missing interpreter of a script (#!) or of an ELF file (PT_INTERP). */
function interpreterOf(file: string): string | undefined {
  let head: string;
  try {
    head = readFileSync(file).subarray(0, 4096).toString("latin1");
  } catch {
    return undefined;
  }
  const named =
    /^#!\s*(\S+)/.exec(head)?.[1] ?? /^\x7fELF[\s\S]*?(\/[\w./-]*ld[\w.-]*\.so[\w.]*)/.exec(head)?.[1];
  return named !== undefined && isAbsolute(named) && !existsSync(named) ? named : undefined;
}

/** Lines that say what is wrong, best first. A bad flag prints its error, then a page of usage, and exits 0. */
const telling: readonly RegExp[] = [
  /^(?:Error|panic|fatal error|runtime):/i,
  /^couldn't start listener|^closing connection from different user/,
  /^(?:could not|cannot|failed to|unable to|misconfigured)/i,
  /--log-output specified without --log|not found|denied|no such file|syntax error/i,
];
/** How much (characters) of a line is shown. */
const lineCap = 500;

/** The line of what dlv printed that says what is wrong; undefined where none does. */
export function tellingLine(printed: string): string | undefined {
  const lines = printed.split("\n").map((line) => line.trim());
  for (const pattern of telling) {
    const line = lines.find((one) => pattern.test(one));
    if (line !== undefined) return line.slice(0, lineCap);
  }
  return undefined;
}
