import { homedir } from "node:os";
import { basename, dirname, isAbsolute } from "node:path";
import { movedPath } from "../config/elsewhere.ts";
import { platformOf } from "../config/platform.ts";
import { substitute } from "../config/variables.ts";
import type { Config } from "../core/config.ts";
import type { Host } from "../core/host.ts";
import { writtenPlace } from "../core/placeAttribute.ts";
import type { Standing, World } from "../core/world.ts";
import { each, openAsked } from "./asked.ts";
import { type NamedDlv, versionHere } from "./dlvVersion.ts";
import { openNames } from "./names.ts";
import { askHost, holdsGoHere, question, standingHere } from "./standing.ts";
import { recordOf } from "./subjects.ts";
import { isWorkspace, openWritten } from "./written.ts";

/** Answers about this machine, or another, that are looked up once somebody has asked for them. */
export interface Knowledge {
  /**
   * The world of one file for one check, and of the folder it belongs to where that is known better than by the path: what is
   * written beside the file is read at its first question and then stands.
   */
  worldOf(file: string, folder?: string): World;
  /** Looks up what was asked for since the last time; true where there is something new to ask again for. */
  settle(): Promise<boolean>;
  /** Forgets everything: something on this machine has changed. */
  forget(): void;
}

/** Another machine, on which all launches are to run, as with `--on`. */
export interface RunsOn {
  readonly host: Pick<Host, "run">;
  /** The home directory there. */
  readonly home: string;
  /** The dlv that is found there; "dlv" on its PATH where it is not said. */
  readonly dlv?: string;
  /** Where the workspace folder lies there; at the same path where it is not said. */
  readonly folder?: string;
}

/** What an asker brings with it. */
export interface KnowledgeOptions {
  /** The text of a file that an editor holds open. */
  textOf?(file: string): string | undefined;
  /** A setting as it counts for a file, by whoever knows all places where it can be set; undefined where it is set nowhere. */
  settingOf?(key: string, file: string): Promise<unknown>;
  /** Without it a configuration whose `delveDoctor` names another host runs where nobody looks. */
  readonly runsOn?: RunsOn;
}

/**
 * Looks at the files of this machine and, in one round trip for each `settle`, at those of `runsOn`. Nothing is run here but
 * `docker ps` or `podman ps`, for a configuration that names a container.
 */
export function openKnowledge({
  textOf = () => undefined,
  settingOf = async () => undefined,
  runsOn,
}: KnowledgeOptions = {}): Knowledge {
  const here = openAsked(each(standingHere));
  const holders = openAsked(each(holdsGoHere));
  const versions = openAsked(each((key) => versionHere(JSON.parse(key) as NamedDlv, process.env)));
  const names = openAsked(each(openNames()));
  const there = openAsked(runsOn === undefined ? async () => new Map() : askHost(runsOn.host));
  const written = openWritten(textOf);
  const effective = openAsked(
    each((pair) => {
      const [key, file] = JSON.parse(pair) as [string, string];
      return settingOf(key, file);
    }),
  );
  const all = [here, holders, versions, names, there, written, effective];
  const userHome = runsOn?.home ?? homedir();
  return {
    worldOf(file, given) {
      const folder = given ?? folderOf(file);
      // A file that does not lie in .vscode says of no folder that it is the workspace's.
      const root = () => written.root(file, given ?? (isInFolder(file) ? folder : undefined));
      // One check asks the same of the files beside this one for every configuration and rule.
      const settings = new Map<string, unknown>();
      let tasks: { readonly found: World["tasks"] } | undefined;
      const setting = (key: string) => {
        if (!settings.has(key))
          settings.set(key, effective.get(JSON.stringify([key, file])) ?? written.setting(key, file, folder));
        return settings.get(key);
      };
      const moved = (path: string) => movedPath(path, folder, runsOn?.folder ?? folder);
      const expanded = (value: unknown) =>
        typeof value === "string" && value !== "" ? expand(value, root(), userHome) : undefined;
      return {
        platform: platformOf(process.platform),
        get folder() {
          // golang.go takes a relative path of a workspace file from no folder at all.
          return isWorkspace(file) ? undefined : root();
        },
        expand: (text) => expand(text, root(), userHome),
        lookHere: here.get,
        look(path, config) {
          if (runsOn === undefined) return isElsewhere(config) ? undefined : here.get(path);
          return there.get(question("look", moved(path))) as Standing | undefined;
        },
        holdsGo(path, config) {
          if (runsOn === undefined) return isElsewhere(config) ? undefined : holders.get(path);
          const said = there.get(question("go", moved(path)));
          return said === undefined ? undefined : said === "yes";
        },
        delve(config) {
          if (runsOn !== undefined) return there.get(question("dlv", dlvThere(config, runsOn)));
          if (isElsewhere(config)) return undefined;
          const named = namedDlv(config["dlvToolPath"], setting("go.alternateTools"), expanded);
          return named && versions.get(JSON.stringify(named));
        },
        get tasks() {
          tasks ??= {
            found: isWorkspace(file) || root() !== undefined ? written.tasks(file, folder) : undefined,
          };
          return tasks.found;
        },
        setting,
        hosts: names.get,
      };
    },
    async settle() {
      const settled = await Promise.all(all.map((one) => one.settle()));
      return settled.some(Boolean);
    },
    forget() {
      for (const one of all) one.forget();
    },
  };
}

/** The folder that a file in .vscode or .devcontainer configures, or the folder that any other lies in. */
export function folderOf(file: string): string {
  const folder = dirname(file);
  return /^\.(vscode|devcontainer)$/.test(basename(folder)) ? dirname(folder) : folder;
}

function isInFolder(file: string): boolean {
  return basename(dirname(file)) === ".vscode";
}

function expand(text: string, folder: string | undefined, userHome: string): string | undefined {
  // What an editor's environment holds is the editor's to know.
  if (text.includes("${env:") || (folder === undefined && /\$\{(workspace|cwd|file|relative)/.test(text)))
    return undefined;
  const { value, errors } = substitute(text, { folder: folder ?? "", processEnv: {}, userHome });
  return errors.length > 0 || typeof value !== "string" || value.includes("${") ? undefined : value;
}

/** True where the configuration names another host, or something that is none. */
function isElsewhere(config: Config): boolean {
  const place = writtenPlace(config);
  return place !== undefined && recordOf(place)?.["on"] !== "local";
}

/** On another machine `dlvToolPath` does not count: it is the editor's. */
function dlvThere(config: Config, { dlv = "dlv" }: RunsOn): string {
  const own = recordOf(writtenPlace(config))?.["dlv"];
  return typeof own === "string" && own !== "" && !own.includes("${") ? own : dlv;
}

/** Undefined where a path of theirs is known to an editor alone. */
function namedDlv(
  tool: unknown,
  alternateTools: unknown,
  expanded: (value: unknown) => string | undefined,
): NamedDlv | undefined {
  const alternate = recordOf(alternateTools)?.["dlv"];
  const [toolPath, alternatePath] = [expanded(tool), expanded(alternate)];
  if (tool !== undefined && (toolPath === undefined || !isAbsolute(toolPath))) return undefined;
  if (alternate !== undefined && (alternatePath === undefined || !isAbsolute(alternatePath)))
    return undefined;
  return {
    ...(toolPath !== undefined && { tool: toolPath }),
    ...(alternatePath !== undefined && { alternate: alternatePath }),
  };
}
