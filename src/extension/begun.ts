import type { DebugConfiguration, WorkspaceFolder } from "vscode";
import type { RanTask, TaskWatch } from "./before.ts";
import { settingsFor } from "./settings.ts";

/** A launch that VS Code has begun. Its debug adapter comes after the Go extension's first look and the preLaunchTask. */
export interface Begun {
  readonly folder: WorkspaceFolder | undefined;
  /** As it was before its variables were replaced: what starts it once more. */
  readonly written: DebugConfiguration;
  /** When it was asked for, in ms of performance.now(), which no clock that is set takes along. */
  readonly from: number;
  /** True once the Go extension's first look is over. */
  readonly looked: boolean;
  /** True once it wants its debug adapter, was given up, or is begun anew. */
  over: boolean;
  /** The tasks that ran meanwhile. */
  readonly tasks: () => readonly RanTask[];
}

/** The launches that VS Code has begun, by their configuration's name: nothing else ties the steps of one together. */
export interface BegunLaunches {
  /** Before the Go extension has looked at it. */
  begin(folder: WorkspaceFolder | undefined, config: DebugConfiguration): void;
  /** After that. */
  looked(folder: WorkspaceFolder | undefined, config: DebugConfiguration): void;
  /** A debug adapter is wanted. Undefined where the launch was never seen to begin. */
  arrive(config: DebugConfiguration): Begun | undefined;
}

/** How long (ms) a launch may take to its debug adapter before anybody looks at why: a healthy one costs a timer. Less where a person wants that. */
const quietMs = 5000;

/** `late` gets a launch that is not over after a while. */
export function makeBegun(tasks: TaskWatch, late: (begun: Begun) => void): BegunLaunches {
  const all = new Map<string, Begun & { looked: boolean; written: DebugConfiguration }>();
  const begin = (folder: WorkspaceFolder | undefined, config: DebugConfiguration) => {
    const from = performance.now();
    const earlier = all.get(config.name);
    if (earlier !== undefined) earlier.over = true;
    // A shallow copy: the Go extension replaces attributes.
    const one = { folder, written: { ...config }, from, looked: false, over: false };
    const begun = { ...one, tasks: () => tasks.since(from) };
    all.set(config.name, begun);
    const { stallAfter = quietMs } = settingsFor(folder);
    setTimeout(() => begun.over || late(begun), Math.min(quietMs, stallAfter)).unref();
    return begun;
  };
  return {
    begin: (folder, config) => void begin(folder, config),
    looked(folder, config) {
      const open = all.get(config.name);
      // The Go extension may have been the first to register, and then its look is over before the launch is seen.
      const one = open === undefined || open.over || open.looked ? begin(folder, config) : open;
      one.looked = true;
      one.written = { ...config };
    },
    arrive({ name }) {
      const one = all.get(name);
      all.delete(name);
      if (one !== undefined) one.over = true;
      return one;
    },
  };
}
