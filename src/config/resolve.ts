import { dirname, isAbsolute, join } from "node:path";
import type { Config } from "../core/config.ts";
import { dropGcflags } from "../core/gcflags.ts";
import { say } from "../core/say.ts";
import { type Env, parseEnvFile } from "./envFile.ts";
import { mergePlatform, type Platform } from "./platform.ts";
import { placeProgram } from "./program.ts";
import { readText } from "./text.ts";
import { type Surroundings, substitute } from "./variables.ts";
import { splitWords } from "./words.ts";

/** What a configuration is resolved against. `folder` and `file` are absolute paths. */
export interface Place extends Surroundings {
  readonly platform: Platform;
  /** What the setting go.toolsEnvVars adds to the environment. */
  readonly toolsEnv?: Env;
}

/** A configuration as Delve gets it, the directory dlv runs in, and what the configuration adds to dlv's environment. */
export interface Resolved {
  readonly request: "launch" | "attach";
  readonly mode: string;
  readonly config: Config;
  readonly cwd: string;
  readonly env: Env;
  /** What is doubtful and left for Delve to judge, one line each. */
  readonly warnings: readonly string[];
}

/** A resolved configuration, or why it cannot be run outside an editor, one line each. */
export type Resolution = { readonly resolved: Resolved } | { readonly errors: readonly string[] };

/**
 * Does to a configuration what VS Code and golang.go 0.58 do before Delve sees it, in their order: the mode from what is
 * written, platform blocks, variables, environment, paths, the build directory.
 */
export async function resolve(written: Config, place: Place): Promise<Resolution> {
  const merged = mergePlatform(withMode(written, place.file), place.platform);
  const { value, errors } = substitute(merged, place);
  if (errors.length > 0) return { errors };
  try {
    return { resolved: await complete(value as Config, place) };
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)] };
  }
}

/** golang.go decides the mode before variables are replaced: "${file}" counts by the open file. */
function withMode(config: Config, file: string | undefined): Config {
  const { request, program } = config as { request?: unknown; program?: unknown };
  if (request === "attach") return { ...config, mode: config["mode"] || "local" };
  const asked = config["mode"] || "auto";
  const named = typeof program === "string" && program.endsWith(".go") ? program : file;
  const mode = asked === "auto" ? (named?.endsWith("_test.go") ? "test" : "debug") : asked;
  const single = mode === "test" && typeof program === "string" && program.endsWith("_test.go");
  // One test file alone rarely compiles: golang.go builds its whole package.
  return { ...config, mode, ...(single && { program: dirname(program) }) };
}

async function complete(config: Config, place: Place): Promise<Resolved> {
  const { request, mode } = config;
  if (request !== "launch" && request !== "attach")
    throw new Error(say`"request" must be "launch" or "attach", because VS Code starts nothing else`);
  if (typeof mode !== "string") throw new Error(say`"mode" must be a text`);
  const warnings: string[] = [];
  const clean = withoutGcflags(config, warnings);
  const env = await environment(clean, place, warnings);
  const { envFile: _, ...rest } = clean;
  const ready: Record<string, unknown> = { ...rest, env: env.all };
  for (const key of ["cwd", "output"]) {
    const path = ready[key];
    if (typeof path === "string" && path !== "") ready[key] = absolute(path, place);
  }
  if (request === "launch" && typeof ready["args"] === "string") ready["args"] = splitWords(ready["args"]);
  if (request === "attach" && mode === "local") ready["processId"] = processId(ready);
  const cwd = request === "launch" ? await programOf(ready, mode, place, warnings) : place.folder;
  return { request, mode, config: ready, cwd, env: env.texts, warnings };
}

/** Puts the program into `ready` as Delve gets it; gives the directory dlv runs in. */
async function programOf(ready: Record<string, unknown>, mode: string, place: Place, warnings: string[]) {
  const building = mode === "debug" || mode === "test" || mode === "auto";
  const written = ready["program"];
  if (typeof written !== "string" || written === "") {
    if (building || mode === "exec")
      throw new Error(say`"program" is missing; name a directory, a .go file or, in mode exec, a binary`);
    return place.folder;
  }
  // Somebody else started the dlv at that port, in a directory of their own.
  const external = Boolean(ready["port"] || ready["debugServer"]);
  const { program, buildDir, warning } = await placeProgram(written, place.folder, building && !external);
  if (warning !== undefined) warnings.push(warning);
  ready["program"] = program;
  if (buildDir === undefined) return place.folder;
  ready["__buildDir"] = buildDir;
  return buildDir;
}

/** toolsEnvVars < envFile < env. `all` keeps what Delve takes besides texts: null removes a variable. */
async function environment(config: Config, place: Place, warnings: string[]) {
  const own = config["env"] ?? {};
  if (typeof own !== "object" || Array.isArray(own)) throw new Error(say`"env" must be an object of texts`);
  const named = config["envFile"] ?? [];
  const files = Array.isArray(named) ? named : [named];
  const known = { ...place.processEnv, ...place.toolsEnv };
  let all: Record<string, unknown> = { ...place.toolsEnv };
  for (const file of files) {
    if (typeof file !== "string") throw new Error(say`"envFile" must be a path or a list of paths`);
    if (file !== "") all = { ...all, ...(await readEnv(absolute(file, place), known)) };
  }
  all = { ...all, ...own };
  for (const [name, value] of Object.entries(own))
    if (typeof value !== "string" && value !== null)
      warnings.push(say`"env.${name}" is not a text; Delve refuses it, so write it in quotes`);
  const texts = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  return { all, texts };
}

async function readEnv(file: string, known: Readonly<Record<string, string | undefined>>): Promise<Env> {
  let text: string | undefined;
  try {
    text = await readText(file);
  } catch (error) {
    throw new Error(`"envFile" ${file} ${error instanceof Error ? error.message : say`cannot be read`}`);
  }
  if (text === undefined)
    throw new Error(say`"envFile" ${file} does not exist; correct the path or remove it`);
  return parseEnvFile(text, known);
}

function absolute(path: string, { folder, userHome }: Place): string {
  if (path === "~" || path.startsWith("~/")) return join(userHome, path.slice(1));
  return isAbsolute(path) ? path : join(folder, path);
}

function withoutGcflags(config: Config, warnings: string[]): Config {
  const clean = (holder: Record<string, unknown>, key: string, where: string) => {
    const flags = holder[key];
    if (typeof flags !== "string" || dropGcflags(flags) === flags) return holder;
    warnings.push(say`-gcflags in "${where}" is left out, because Delve sets its own`);
    return { ...holder, [key]: dropGcflags(flags) };
  };
  const { env } = config as { env?: unknown };
  const isObject = typeof env === "object" && env !== null && !Array.isArray(env);
  const own = isObject ? { env: clean(env as Record<string, unknown>, "GOFLAGS", "env.GOFLAGS") } : {};
  return { ...clean(config, "buildFlags", "buildFlags"), ...own };
}

function processId(ready: Config): number | undefined {
  const { processId: written, waitFor } = ready as { processId?: unknown; waitFor?: unknown };
  if (typeof waitFor === "string" && waitFor !== "" && !written) return undefined;
  const id = typeof written === "string" && /^\d+$/.test(written) ? Number(written) : written;
  if (typeof id === "number" && Number.isInteger(id) && id > 0) return id;
  throw new Error(
    say`"processId" must be the number of a running process; only an editor can offer a list to pick from`,
  );
}
