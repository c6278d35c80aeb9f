import type { Config } from "../core/config.ts";
import {
  placeAttribute as attribute,
  type PlaceAttribute,
  readPlace,
  writtenPlace,
} from "../core/placeAttribute.ts";
import { mergePlatform, type Platform } from "./platform.ts";
import { type Surroundings, substitute } from "./variables.ts";

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
