import type { Config } from "../core/config.ts";
import type { JsonPath } from "../core/fix.ts";

/** The blocks of a configuration that VS Code lays over the rest on one platform. */
export const platforms = ["windows", "osx", "linux"] as const;
export type Platform = (typeof platforms)[number];

/** The block that belongs to one of Node's platform names. VS Code takes every other system for Linux. */
export function platformOf(node: string): Platform {
  return node === "win32" ? "windows" : node === "darwin" ? "osx" : "linux";
}

/** What VS Code makes of platform blocks: each attribute of the block replaces the whole attribute outside it. */
export function mergePlatform(config: Config, platform: Platform): Config {
  const rest = Object.entries(config).filter(([key]) => !(platforms as readonly string[]).includes(key));
  return { ...Object.fromEntries(rest), ...blockOf(config, platform) };
}

/**
 * Where an edit must be made so that it counts on a platform: inside its block where the block sets the attribute, else
 * outside. An attribute that is to go must go from both, or the outer one would show again.
 */
export function placesIn(config: Config, platform: Platform, at: JsonPath, removes: boolean): JsonPath[] {
  const [attribute] = at;
  const block = blockOf(config, platform);
  if (block === undefined || attribute === undefined || !Object.hasOwn(block, attribute)) return [at];
  const inside = [platform, ...at];
  const both = removes && at.length === 1 && Object.hasOwn(config, attribute);
  return both ? [inside, at] : [inside];
}

function blockOf(config: Config, platform: Platform): Config | undefined {
  const block = config[platform];
  return typeof block === "object" && block !== null && !Array.isArray(block) ? (block as Config) : undefined;
}
