import type { View } from "../../core/rule.ts";
import { isAbsolute, isWindows } from "../../core/substitutePath.ts";
import type { World } from "../../core/world.ts";

/** The modes in which Delve builds what it runs; golang.go makes debug or test of auto. */
const building = ["debug", "test", "auto"];

/** True for a launch that Delve builds for. */
export function builds({ request, mode }: View): boolean {
  return request === "launch" && building.includes(mode);
}

/** True where the dlv is somebody else's, who may have started it on any machine: its paths are not ours to look at. */
export function isServed({ config }: View): boolean {
  return ["port", "host", "debugServer"].some((key) => config[key] !== undefined);
}

/** True where a task runs first, which may make what is not there yet. */
export function isPrepared({ config }: View): boolean {
  // VS Code takes an empty text for none.
  return Boolean(config["preLaunchTask"]);
}

/** A text that begins with the home directory as a shell writes it. */
export function isTilde(text: string): boolean {
  return /^~(?:[/\\]|$)/.test(text);
}

/**
 * The absolute path that an attribute names: a relative one counts from the folder (goDebugConfiguration.ts of golang.go
 * 0.58). Undefined where it is known to an editor alone, is meant for another system, or begins with `~`.
 */
export function located(value: unknown, world: World): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const text = world.expand(value);
  if (text === undefined || text === "" || isTilde(text)) return undefined;
  const windows = world.platform === "windows";
  if (isWindows(text) && !windows) return undefined;
  if (isAbsolute(text)) return text;
  // On other systems a backslash is a letter like any other, and whoever writes one means Windows.
  if (world.folder === undefined || (text.includes("\\") && !windows)) return undefined;
  return joined(world.folder, text);
}

/** The directory that a path lies in. */
export function parentOf(path: string): string {
  const at = Math.max(path.lastIndexOf("/"), isWindows(path) ? path.lastIndexOf("\\") : -1);
  return at > 0 ? path.slice(0, at) : path.slice(0, at + 1);
}

function joined(folder: string, path: string): string {
  const separator = isWindows(folder) ? "\\" : "/";
  const parts = folder.replace(/[/\\]$/, "").split(separator);
  for (const part of path.split(isWindows(folder) ? /[/\\]/ : "/")) {
    if (part === "..") parts.splice(Math.max(1, parts.length - 1));
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join(separator) || separator;
}
