import type { Config } from "./config.ts";

/** What stands at a path of the machine where a configuration runs. */
export type Standing = "directory" | "file" | "program" | "nothing";

/** A task of tasks.json, or of a workspace's `tasks`, as it is written. */
export type Task = Readonly<Record<string, unknown>>;

/**
 * What a rule may know besides the text. Every answer is there at once; undefined is "not known (yet)": whoever asks is
 * asked again when it is, and says nothing meanwhile.
 */
export interface World {
  readonly platform: "windows" | "osx" | "linux";
  /** The workspace folder that the file belongs to, as an absolute path. */
  readonly folder: string | undefined;
  /** A text with its variables replaced; undefined where one of them is known to an editor or a launch alone. */
  expand(text: string): string | undefined;
  /** What stands at an absolute path where this configuration runs; a "program" is a file that may be executed. */
  look(path: string, config: Config): Standing | undefined;
  /** Whether a directory where this configuration runs holds a Go file itself; those below it do not count. */
  holdsGo(directory: string, config: Config): boolean | undefined;
  /** What stands at an absolute path of the editor's machine, where golang.go reads an envFile, wherever dlv runs. */
  lookHere(path: string): Standing | undefined;
  /** The version of the dlv that this configuration gets, such as 1.27.1. */
  delve(config: Config): string | undefined;
  /** The tasks of the folder; undefined where nobody can tell which there are. */
  readonly tasks: readonly Task[] | undefined;
  /** A setting such as go.delveConfig, as the workspace's settings.json has it. */
  setting(key: string): unknown;
  /**
   * The names there are: what the Host lines of the SSH configuration name, where one with * or ? stands for others;
   * containers that run.
   */
  hosts(kind: "ssh" | "docker" | "podman"): readonly string[] | undefined;
}

/** A world that nobody has looked at: what `check` knows of a text alone. */
export const unknownWorld: World = {
  platform: "linux",
  folder: undefined,
  expand: () => undefined,
  look: () => undefined,
  holdsGo: () => undefined,
  lookHere: () => undefined,
  delve: () => undefined,
  tasks: undefined,
  setting: () => undefined,
  hosts: () => undefined,
};
