import { isAbsolute, join, resolve } from "node:path";
import type { Config } from "../core/config.ts";
import { say } from "../core/say.ts";

/** Environment variables as Node has them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where the binary that Delve builds for this launch can be: `output` by name, else __debug_bin* in `dir`. */
export interface Built {
  readonly dir: string;
  readonly output?: string;
}

/** dlv as a child of ours, listening on a port it picks. `logDest` is the file that gets its log. */
export interface SpawnPlan {
  readonly kind: "spawn";
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logDest?: string;
  readonly built?: Built;
  /** True for an attach: dlv must be let to detach, or the process it holds dies of our cancelling. */
  readonly attaches: boolean;
}

/** dlv in a terminal that the client opens, dialling back to us. `env` is what the terminal adds; null removes. */
export interface TerminalPlan {
  readonly kind: "terminal";
  readonly console: "integrated" | "external";
  readonly title: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | null>>;
  readonly asRoot: boolean;
  readonly built?: Built;
  readonly attaches: boolean;
}

/** A dlv that somebody else runs. */
export interface ConnectPlan {
  readonly kind: "connect";
  readonly host: string;
  readonly port: number;
}

/** How to reach dlv for one launch. */
export type DlvPlan = SpawnPlan | TerminalPlan | ConnectPlan;

/** What a plan depends on besides the configuration: the workspace folder, the dlv to run where none is named, our env. */
export interface Surroundings {
  readonly folder: string;
  readonly dlv: string;
  readonly env: Env;
}

/**
 * Decides as golang.go's adapter factory does (extension/src/goDebugFactory.ts) how dlv is reached.
 *
 * Throws an Error of one line for attributes that only the extension reads (dlvFlags, logDest, port); whatever Delve
 * judges itself is left to Delve.
 */
export function planDlv(config: Config, { folder, dlv, env }: Surroundings): DlvPlan {
  const remote = config["request"] === "attach" && config["mode"] === "remote";
  const host = textOf(config["host"]) ?? "127.0.0.1";
  if (config["port"] || remote) return { kind: "connect", host, port: portOf(config["port"]) };

  const launches = config["request"] !== "attach";
  const cwd = (launches ? textOf(config["__buildDir"]) : undefined) ?? folder;
  const command = textOf(config["dlvToolPath"]) ?? dlv;
  const args = ["dap", ...flagsOf(config["dlvFlags"]), ...logFlags(config)];
  const logDest = logDestOf(config["logDest"]);
  const built = launches ? builtOf(config, cwd) : undefined;
  const shared = { cwd, attaches: !launches, ...(built && { built }) };

  const asRoot = config["asRoot"] === true;
  const terminal = config["console"] === "integratedTerminal" || config["console"] === "externalTerminal";
  if (terminal || asRoot) {
    const logged = logDest === undefined ? args : [...args, `--log-dest=${logDest}`];
    return {
      kind: "terminal",
      console: config["console"] === "externalTerminal" ? "external" : "integrated",
      title: `Go Debug Terminal (${textOf(config["name"]) ?? "dlv"})`,
      argv: [...(asRoot ? ["sudo"] : []), command, ...logged],
      env: addedEnv(config["env"]),
      asRoot,
      ...shared,
    };
  }
  const address = host.includes(":") ? `[${host}]` : host;
  return {
    kind: "spawn",
    command,
    args: [...args, `--listen=${address}:0`, "--log-dest=3"],
    env: merged(env, addedEnv(config["env"])),
    ...(logDest !== undefined && { logDest }),
    ...shared,
  };
}

/**
 * Where Delve writes what it builds for a launch, undefined where it builds nothing: into its own working directory unless
 * `output` says where (service/dap/server.go).
 */
export function builtOf(config: Config, cwd: string): Built | undefined {
  const mode = config["mode"] ?? "debug";
  if (mode !== "debug" && mode !== "test") return undefined;
  const dir = resolve(cwd, textOf(config["dlvCwd"]) ?? "");
  const output = textOf(config["output"]);
  return { dir, ...(output !== undefined && { output: isAbsolute(output) ? output : join(dir, output) }) };
}

function portOf(port: unknown): number {
  const value = port === undefined || port === null || port === 0 || port === "" ? 2345 : Number(port);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new Error(say`"port" is ${JSON.stringify(port)}: a number from 1 to 65535 is needed`);
}

function flagsOf(flags: unknown): string[] {
  if (flags === undefined || flags === null) return [];
  if (Array.isArray(flags) && flags.every((flag): flag is string => typeof flag === "string")) return flags;
  throw new Error(say`"dlvFlags" is ${JSON.stringify(flags)}: a list of strings is needed`);
}

/** Delve refuses --log-output without --log, so it goes along only then. */
function logFlags(config: Config): string[] {
  if (!config["showLog"]) return [];
  const output = textOf(config["logOutput"]);
  return [`--log=${String(config["showLog"])}`, ...(output === undefined ? [] : [`--log-output=${output}`])];
}

function logDestOf(logDest: unknown): string | undefined {
  if (logDest === undefined || logDest === null || logDest === "") return undefined;
  if (typeof logDest === "string" && isAbsolute(logDest)) return logDest;
  throw new Error(say`"logDest" is ${JSON.stringify(logDest)}: the absolute path of a file is needed`);
}

function addedEnv(env: unknown): Record<string, string | null> {
  if (typeof env !== "object" || env === null || Array.isArray(env)) return {};
  const added: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === null) added[name] = null;
    else if (["string", "number", "boolean"].includes(typeof value)) added[name] = String(value);
  }
  return added;
}

function merged(env: Env, added: Readonly<Record<string, string | null>>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...env, ...added })) {
    if (typeof value === "string") all[name] = value;
  }
  return all;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
