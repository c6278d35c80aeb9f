/**
 * What VS Code waits for before it asks for a debug adapter. resolve: the Go extension's first look at the configuration
 * has not returned. task: the preLaunchTask.
 */
export type EditorStep = "resolve" | "task";

/** A task that ran since the launch was asked for. Times in ms. */
export interface EditorTask {
  readonly name: string;
  readonly ms: number;
  readonly running: boolean;
  /** `isBackground` of tasks.json: VS Code waits until a problem matcher says that it is ready, not for its end. */
  readonly background: boolean;
  /** True where a problem matcher of it has a background pattern; undefined where the task is written nowhere. */
  readonly tellsReady?: boolean;
  readonly pid?: number;
  /** Since when nothing in its processes moved; undefined where nobody can see them. */
  readonly idleMs?: number;
}

/**
 * The extension that owns the debugger type `go` here. idle: nothing has asked for it yet. activating: asked, and not done.
 * missing: none is installed and enabled where this extension host runs.
 */
export type GoExtension =
  | {
      readonly state: "active" | "idle" | "activating";
      readonly id: string;
      readonly version: string;
    }
  | { readonly state: "failed"; readonly id: string; readonly version: string; readonly because: string }
  | { readonly state: "missing"; readonly known?: string };

/** What the editor did for a launch before dlv: nothing else can see it. */
export interface EditorState {
  /** From the moment the launch was asked for until a debug adapter was wanted, or until now, in ms. */
  readonly ms: number;
  /** What it still waits for; undefined once it wanted its debug adapter. */
  readonly waits?: EditorStep;
  /** How long (ms) the person lets it wait before it counts as stalled; undefined where that is left to us. */
  readonly patienceMs?: number;
  readonly tasks: readonly EditorTask[];
  readonly go: GoExtension;
  /** The breakpoints that are set and enabled, as FILE:LINE. */
  readonly breakpoints: readonly string[];
  /** True where the configuration as it is written says `noDebug`, and not a key. */
  readonly writesNoDebug?: boolean;
}

/** The tasks that the launch may be waiting for, the one that started last first: a task's own tasks come before it. */
export function runningTasks({ tasks }: EditorState): readonly EditorTask[] {
  return tasks.filter(({ running }) => running).toReversed();
}
