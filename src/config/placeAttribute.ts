import type { Config } from "../core/config.ts";
import { mergePlatform, type Platform } from "./platform.ts";
import { type Surroundings, substitute } from "./variables.ts";

/** The attribute of a launch configuration that says where its dlv runs. */
const attribute = "delveDoctor";

/** What the attribute says: which host, where the workspace folder lies there, and which dlv to run there. */
export interface PlaceAttribute {
  /** ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD. */
  readonly on: string;
  /** An absolute path; absent where it is the same as here. */
  readonly folder?: string;
  readonly dlv?: string;
}

/** The attribute of a configuration as it is written. */
export function writtenPlace(config: Config): unknown {
  return config[attribute];
}

/** A configuration as golang.go and Delve know it. */
export function withoutPlace<C extends Config>(config: C): C {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== attribute)) as C;
}

/** The same for a launch that runs `away`: a dlvToolPath beside the attribute is one of the editor's machine. */
export function placedConfig(config: Config, away: boolean): Config {
  if (!away || writtenPlace(config) === undefined) return withoutPlace(config);
  const { dlvToolPath: _, ...rest } = withoutPlace(config);
  return rest;
}

/** Reads the attribute's value; undefined where it names this machine. Throws an Error of one line for a value that is none. */
export function readPlace(value: unknown): PlaceAttribute | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`"${attribute}" must be an object, such as { "on": "ssh:build7" }`);
  const { on, folder, dlv, ...others } = value as Readonly<Record<string, unknown>>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`"${attribute}" has "${other}", and knows on, folder and dlv`);
  if (typeof on !== "string" || !/^(local|(ssh|docker|podman|kubectl):.+)$/s.test(on))
    throw new Error(
      `"${attribute}.on" is ${JSON.stringify(on) ?? "missing"}; there are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD`,
    );
  if (folder !== undefined && (typeof folder !== "string" || !folder.startsWith("/")))
    throw new Error(
      `"${attribute}.folder" is ${JSON.stringify(folder)}; the folder's absolute path on that host is needed`,
    );
  if (dlv !== undefined && (typeof dlv !== "string" || dlv === ""))
    throw new Error(
      `"${attribute}.dlv" is ${JSON.stringify(dlv)}; the name or path of a dlv on that host is needed`,
    );
  if (on === "local") return undefined;
  return { on, ...(folder !== undefined && { folder }), ...(dlv !== undefined && { dlv }) };
}

/** What the attribute of a configuration says before anything else of it is resolved. Throws as `readPlace` does. */
export function placeOf(
  config: Config,
  around: Surroundings & { readonly platform: Platform },
): PlaceAttribute | undefined {
  const written = writtenPlace(mergePlatform(config, around.platform));
  const { value, errors } = substitute({ [attribute]: written }, around);
  const [error] = errors;
  if (error !== undefined) throw new Error(error);
  return readPlace(writtenPlace(value as Config));
}

/**
 * Where an edit of an attribute belongs: the dlv of a configuration that names a host stands in our attribute, since
 * dlvToolPath is the editor's machine's.
 */
export function placedAt(config: Config, at: readonly (string | number)[]): readonly (string | number)[] {
  return config[attribute] !== undefined && at[0] === "dlvToolPath" ? [attribute, "dlv"] : at;
}
