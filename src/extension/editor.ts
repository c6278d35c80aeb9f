import type { DebugConfiguration, DebugSession, ExtensionContext, LogOutputChannel } from "vscode";
import type { History } from "./history.ts";
import type { Launches } from "./launches.ts";

/** What every surface needs. */
export interface Editor {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly launches: Launches;
  readonly history: History;
  /** VS Code's debug sessions that run, by the `debugServer` of their configuration. */
  readonly sessions: ReadonlyMap<unknown, DebugSession>;
  /** Go configurations by name, as they were before their variables were replaced. */
  readonly seen: Map<string, DebugConfiguration>;
}

/** Lets work go on by itself; what it throws goes into the log. */
export function inBackground({ log }: Pick<Editor, "log">, work: Thenable<unknown>): void {
  work.then(undefined, (error) => log.error(error instanceof Error ? error : String(error)));
}
