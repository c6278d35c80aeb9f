import { EventEmitter, type ExtensionContext } from "vscode";
import { type PastLaunch, pastLaunchesOf, withLaunch } from "../core/history.ts";
import type { Followed } from "./launches.ts";

const key = "launches";

/** The last launches of this workspace, in this window and before it. */
export interface History {
  /** Oldest first. */
  all(): readonly PastLaunch[];
  get(id: unknown): PastLaunch | undefined;
  /** Remembers a launch, or its newer state. */
  put(one: PastLaunch): void;
  clear(): void;
  /** The id under which a launch of this window is remembered. */
  idOf(followed: Pick<Followed, "id">): string;
  /** The launch of this window that is remembered under an id; undefined for one of another window. */
  numberOf(id: string): number | undefined;
  readonly onChanged: EventEmitter<void>["event"];
  dispose(): void;
}

/** Reads what the workspace remembers. */
export function makeHistory({ workspaceState }: Pick<ExtensionContext, "workspaceState">): History {
  // Launches are numbered from one in every window.
  const window = `${Date.now().toString(36)}.`;
  const emitter = new EventEmitter<void>();
  let all = pastLaunchesOf(workspaceState.get(key));
  const set = (now: readonly PastLaunch[]) => {
    all = now;
    void workspaceState.update(key, now);
    emitter.fire();
  };
  return {
    all: () => all,
    get: (id) => all.find((one) => one.id === id),
    put: (one) => set(withLaunch(all, one)),
    clear: () => set([]),
    idOf: ({ id }) => `${window}${id}`,
    numberOf: (id) => (id.startsWith(window) ? Number(id.slice(window.length)) : undefined),
    onChanged: emitter.event,
    dispose: () => emitter.dispose(),
  };
}
