import type { Config } from "../core/config.ts";
import { recordOf } from "../core/json.ts";

/** Where one folder lies on the editor's machine, and on the machine where dlv runs. */
export interface Folders {
  readonly here: string;
  readonly there: string;
}

/** The attributes that are paths on dlv's machine (extension/package.json of golang.go, service/dap/types.go of Delve). */
const paths = ["program", "cwd", "__buildDir", "output", "coreFilePath", "traceDirPath", "dlvCwd"] as const;

/**
 * A resolved configuration for a dlv that sees the same folder in another place: paths into the folder are taken there,
 * and Delve is told how the editor's paths map (`substitutePath`), behind what the configuration says itself: Delve
 * takes the first that fits.
 */
export function elsewhere(config: Config, { here, there }: Folders): Config {
  if (here === there) return config;
  const moved = paths.flatMap((key): [string, string][] => {
    const value = config[key];
    return typeof value === "string" ? [[key, movedPath(value, here, there)]] : [];
  });
  const own = Array.isArray(config["substitutePath"]) ? config["substitutePath"] : [];
  return { ...config, ...Object.fromEntries(moved), substitutePath: [...own, { from: here, to: there }] };
}

/** A path inside `here` as one inside `there`; any other as it is. */
export function movedPath(path: string, here: string, there: string): string {
  if (path === here) return there;
  const prefix = here.endsWith("/") ? here : `${here}/`;
  return path.startsWith(prefix) ? `${there.replace(/\/$/, "")}/${path.slice(prefix.length)}` : path;
}

/** What golang.go adds to every configuration's env besides go.toolsEnvVars: its own GOPATH, and VS Code's http.proxy. */
const added = ["GOPATH", "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];

/**
 * A resolved configuration's env for another machine: without what golang.go has added to it for this one
 * (extension/src/goEnv.ts), where the configuration's `own` env does not set it itself. `tools` is go.toolsEnvVars.
 */
export function envElsewhere(
  resolved: unknown,
  own: unknown,
  tools: unknown,
): Readonly<Record<string, unknown>> {
  const named = recordOf(own);
  const here = new Set([...added, ...Object.keys(recordOf(tools))]);
  const entries = Object.entries(recordOf(resolved));
  return Object.fromEntries(entries.filter(([name]) => !here.has(name) || Object.hasOwn(named, name)));
}

/** The value of an attribute, such as an edit writes it, back in the editor's terms: a path there as one here. */
export function writtenHere(
  at: readonly (string | number)[],
  value: unknown,
  { here, there }: Folders,
): unknown {
  const isPath = (paths as readonly unknown[]).includes(at[0]);
  return isPath && typeof value === "string" ? movedPath(value, there, here) : value;
}
