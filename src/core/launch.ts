import type { LastBuild } from "./buildInputs.ts";
import type { Config } from "./config.ts";
import type { EditorState } from "./editor.ts";
import type { Timeline } from "./timeline.ts";

/**
 * A launch as causes see it: what was asked, where dlv runs, and what happened so far.
 *
 * `env` is what the configuration adds to the environment dlv inherits (toolsEnvVars < envFile < env); its
 * values may be secret and never reach a log or a report. `cwd` is the directory dlv runs and builds in.
 * Without a launch (`diagnose`) the timeline is empty.
 */
export interface Launch {
  readonly name: string;
  readonly request: "launch" | "attach";
  /** debug, test, exec, replay or core for a launch; local or remote for an attach. */
  readonly mode: string;
  readonly config: Config;
  readonly folder: string;
  /** The workspace folder where the editor is, where dlv runs on another machine and sees it in `folder`. */
  readonly nearFolder?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The dlv that is run: a path, or "dlv" where PATH decides. */
  readonly dlv: string;
  /** What an editor did before; undefined where none launches. */
  readonly editor?: EditorState;
  /** What the last launch of this configuration that came to its goal was built from; undefined where none is remembered. */
  readonly before?: LastBuild;
  readonly timeline: Timeline;
}

/** True when Delve itself builds the program: only then are there Go build causes to look at. */
export function builds(launch: Launch): boolean {
  return launch.request === "launch" && (launch.mode === "debug" || launch.mode === "test");
}

/** A text attribute of the configuration, or undefined where it is absent or of another type. */
export function textOf(launch: Pick<Launch, "config">, attribute: string): string | undefined {
  const value = launch.config[attribute];
  return typeof value === "string" ? value : undefined;
}

/** The flags of `buildFlags`, which Delve takes as one string or, from 1.21.1, as a list. */
export function buildFlags(launch: Launch): string {
  const flags = launch.config["buildFlags"];
  if (Array.isArray(flags)) return flags.filter((flag) => typeof flag === "string").join(" ");
  return typeof flags === "string" ? flags : "";
}

/** What is known of a launch before it happens. */
export type Planned = Omit<Launch, "timeline">;

/**
 * Reads a resolved configuration (as golang.go hands it to the debug adapter) the way golang.go does: dlv runs in
 * `__buildDir`, else in the workspace folder; an absent mode is "debug" for a launch and "local" for an attach.
 */
export function planned(config: Config, folder: string): Planned {
  const text = (key: string) => (typeof config[key] === "string" ? config[key] : undefined);
  const request = config["request"] === "attach" ? "attach" : "launch";
  return {
    name: text("name") ?? "",
    request,
    mode: text("mode") ?? (request === "attach" ? "local" : "debug"),
    config,
    folder,
    cwd: (request === "launch" ? text("__buildDir") : undefined) ?? folder,
    env: stringValues(config["env"]),
    dlv: text("dlvToolPath") ?? "dlv",
  };
}

/**
 * Names the launches that are learned from together: those of one configuration that start one program. By its name alone all
 * tests that golang.go debugs by code lens would be one ("Debug Test"), and so would all files of "Launch file".
 */
export function learnedAs({ folder, name, mode, cwd, config }: Planned): string {
  return [folder, name, mode, cwd, config["program"]].map(String).join("\0");
}

function stringValues(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (typeof one === "string" ? [[name, one]] : [])),
  );
}
