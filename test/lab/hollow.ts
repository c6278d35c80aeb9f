import type { Config } from "../../src/core/config.ts";
import type { Launch } from "../../src/core/launch.ts";
import type { Sources } from "../../src/probes/sources.ts";
import { launchOf } from "./judge.ts";

/** A launch that ran to its end past breakpoints: FILE:LINE each, that dlv found no file for or said something else of. */
export function hollowLaunch(
  places: readonly string[],
  config: Config = {},
  say = (file: string) => `could not find file ${file}`,
): Launch {
  const breakpoints = places.map((at) => ({
    at,
    verified: false,
    message: say(at.slice(0, at.lastIndexOf(":"))),
  }));
  const launch = launchOf(
    { mode: "exec", program: "/app", ...config },
    { breakpoints, outcome: "exited", phases: [{ name: "run", startMs: 0, ms: 50, parts: [] }] },
  );
  return launch;
}

/** What a program tells of its sources; /w is the workspace and, where `module` is said, the module's root. */
export function sourcesOf(files: readonly string[], more: Partial<Sources> = {}): Sources {
  return {
    program: "/app",
    trimpath: false,
    modules: ["example.com/app"],
    files,
    goroot: "/go/src",
    knowsFolder: false,
    editor: [],
    ...more,
  };
}

/** A file of the editor's in the module at /w, or in another. */
export function editorFile(path: string, root = "/w", module = "example.com/app"): Sources["editor"][number] {
  return { path, root, module, same: [], other: [] };
}
