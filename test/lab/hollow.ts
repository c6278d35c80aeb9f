import type { PathFacts } from "../../src/causes/paths/pathMapping.ts";
import type { Config } from "../../src/core/config.ts";
import type { Launch } from "../../src/core/launch.ts";
import type { EditorModule } from "../../src/probes/editorModules.ts";
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

/** A file of the editor's as all facts have it. */
type Editor = Sources["editor"][number] & Partial<EditorModule>;

/** What a program tells of its sources, and the hosts of the editor's files. */
export function factsOf(
  files: readonly string[],
  more: Omit<Partial<Sources>, "editor"> & { readonly editor?: readonly Editor[] } = {},
): PathFacts {
  const sources = {
    program: "/app",
    trimpath: false,
    modules: ["example.com/app"],
    files,
    goroot: "/go/src",
    knowsFolder: false,
    editor: [],
    ...more,
  };
  const editorModules = (more.editor ?? []).flatMap(({ path, root, module }) =>
    root === undefined || module === undefined ? [] : { path, root, module },
  );
  return { sources, editorModules };
}

/** A file of the editor's in the module at /w, or in another. */
export function editorFile(path: string, root = "/w", module = "example.com/app"): Editor {
  return { path, root, module, same: [], other: [], copies: [] };
}
