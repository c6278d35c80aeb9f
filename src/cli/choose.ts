import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve as absolute } from "node:path";
import { elsewhere } from "../config/elsewhere.ts";
import { type Found, findConfigurations, type Written } from "../config/find.ts";
import { pick } from "../config/pick.ts";
import { placedConfig } from "../config/placeAttribute.ts";
import { platformOf } from "../config/platform.ts";
import { resolve } from "../config/resolve.ts";
import type { Behind } from "../core/behind.ts";
import type { HostName } from "../core/host.ts";
import { type Planned, planned } from "../core/launch.ts";
import { findDlv } from "../hosts/findDlv.ts";
import type { Machine } from "../hosts/machine.ts";
import type { Place } from "../remote/place.ts";
import type { Words } from "./args.ts";
import { specFrom } from "./place.ts";
import { Stop, status, usage } from "./stop.ts";

/** Which launch is meant, as it was said. Kept with a report, so that a fix can find the configuration again. */
export interface Choice {
  readonly folder: string;
  readonly config?: string;
  readonly program?: string;
  readonly mode?: string;
  /** A dlv that stands in for the configuration's own. */
  readonly dlv?: string;
  /** The host that it runs on, as --on has it; absent for this machine. */
  readonly on?: string;
  /** Where the folder lies there, where that is not the same path. */
  readonly remoteFolder?: string;
  /** What is behind the port that it connects to, where it was looked at there, and the folder that fixes run in there. */
  readonly behind?: Behind & { readonly folder: string };
  /** Variables that are added to the configuration's env. Never kept: their values may be secret. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A launch that can be run, where it is written, and what is doubtful about it, one line each. */
export interface Chosen {
  readonly planned: Planned;
  /** The workspace folder on this machine; the launch's own is where dlv sees it. */
  readonly folder: string;
  /** The configuration as it is written or was made; variables are not replaced in it. */
  readonly config: Planned["config"];
  readonly written?: Written;
  /** The host that dlv runs on, where that is not this machine. */
  readonly host?: string;
  /** The same, where that is a container. */
  readonly container?: HostName;
  readonly warnings: readonly string[];
}

/** Reads the choice off the command line, for one host. Throws where the folder is none. */
export function choiceOf(words: Words, on = words.text("on") ?? "local"): Choice {
  const folder = absolute(words.text("folder") ?? ".");
  if (!isFolder(folder))
    throw new Stop(status.impossible, `--folder ${folder} is not a folder that can be read`);
  const [config, mode, dlv] = [words.text("config"), words.text("mode"), words.text("dlv")];
  const program = programOf(words.text("program"), mode);
  return {
    folder,
    ...(config !== undefined && { config }),
    ...(program !== undefined && { program }),
    ...(mode !== undefined && { mode }),
    ...(dlv !== undefined && { dlv }),
    ...placeFrom(on, words.text("remote-folder")),
    ...(words.texts("env").length > 0 && { env: variables(words.texts("env")) }),
  };
}

/** Where it runs, as --on and --remote-folder say. Throws wrong usage. */
export function placeFrom(on: string, remoteFolder: string | undefined): Pick<Choice, "on" | "remoteFolder"> {
  if (specFrom(on).kind === "local") {
    if (remoteFolder !== undefined)
      throw usage("--remote-folder needs --on HOST, and that is not this machine");
    return {};
  }
  if (remoteFolder !== undefined && !remoteFolder.startsWith("/"))
    throw usage(`--remote-folder ${remoteFolder} is not an absolute path`);
  return { on, ...(remoteFolder !== undefined && { remoteFolder }) };
}

/** Finds, picks and resolves the configuration. Throws wrong usage where there is none to run. */
export async function choose(choice: Choice, { machine }: Pick<Place, "machine"> = {}): Promise<Chosen> {
  const found = await findConfigurations(choice.folder);
  const picked = pick(found, choice);
  if ("error" in picked) throw usage(picked.error);
  const { name, config, written } = picked.chosen;
  const resolution = await resolve(config, {
    folder: choice.folder,
    platform: platformOf(process.platform),
    ...surroundings(machine),
  });
  if ("errors" in resolution) {
    // A file that does not parse explains more than what its readable part lacks.
    const [broken] = problems(found);
    throw usage(broken ?? `configuration "${name}": ${resolution.errors.join("; ")}`);
  }
  const { resolved } = resolution;
  // What exists on this machine says nothing of another.
  const doubts = machine === undefined ? resolved.warnings : [];
  const warnings = [...problems(found), ...doubts.map((line) => `configuration "${name}": ${line}`)];
  return {
    planned: plan(
      {
        ...placedConfig(resolved.config, machine !== undefined),
        name,
        request: resolved.request,
        mode: resolved.mode,
      },
      choice,
      machine,
    ),
    config,
    folder: choice.folder,
    ...(written !== undefined && { written }),
    ...(machine && { host: machine.name }),
    ...(machine && machine.kind !== "ssh" && { container: { kind: machine.kind, name: machine.name } }),
    warnings,
  };
}

/** What variables of a configuration stand for: on another machine its own PATH and home. */
function surroundings(machine: Machine | undefined) {
  if (machine === undefined) return { processEnv: process.env, userHome: homedir() };
  const { path, home } = machine.profile;
  return { processEnv: { ...process.env, PATH: path, HOME: home }, userHome: home };
}

/** The launch of a resolved configuration, with what the command line puts in place of its own, on `machine` if any. */
export function plan(config: Planned["config"], choice: Choice, machine?: Machine): Planned {
  const { folder, remoteFolder: there = folder, dlv, env } = choice;
  const own = config["env"];
  const merged = env === undefined ? {} : { env: { ...(typeof own === "object" ? own : {}), ...env } };
  const found = machine === undefined ? findDlv(process.env) : (machine.profile.dlv ?? "dlv");
  const tool = dlv ?? config["dlvToolPath"] ?? found;
  const moved = machine === undefined ? config : elsewhere(config, { here: folder, there });
  const resolved = { ...moved, ...merged, dlvToolPath: tool };
  return machine === undefined
    ? planned(resolved, folder)
    : { ...planned(resolved, there), nearFolder: folder };
}

function problems(found: Found): string[] {
  return found.problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

/** A path on the command line counts from here, as everywhere in a shell; a package path is left for go to find. */
function programOf(program: string | undefined, mode: string | undefined): string | undefined {
  if (program === undefined || mode === "attach") return program;
  const here = absolute(program);
  return statSync(here, { throwIfNoEntry: false }) === undefined ? program : here;
}

function variables(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw usage(`--env ${pair} is not NAME=VALUE`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
