import { type DebugConfiguration, EventEmitter, type WorkspaceFolder } from "vscode";
import type { LaunchEvent } from "../core/event.ts";
import type { Verdicts } from "../core/finding.ts";
import type { Host } from "../core/host.ts";
import type { Launch } from "../core/launch.ts";
import type { Usual } from "../core/usual.ts";
import type { Report } from "../report/report.ts";
import type { SessionState } from "../session/state.ts";
import type { BehindPort, There } from "./there.ts";

/** How many launches can still be reported on. */
const kept = 20;

/**
 * One launch as the editor knows it: followed through the proxy, observed from beside, only examined, or waiting for what
 * VS Code does before it wants a debug adapter.
 */
export interface Followed {
  readonly id: number;
  readonly name: string;
  readonly via: "proxy" | "observe" | "examination" | "waiting";
  readonly folder: WorkspaceFolder | undefined;
  /** Where its dlv runs: for a launch through a tunnel the near end, until the person says what is behind. */
  host: Host;
  /** What is known of that host where it is not this machine. */
  there?: There;
  /** What is behind the port that it connects to, and the launch as it looks from there. */
  behind?: BehindPort;
  /** The configuration to start once more, as it was before its variables were replaced. */
  readonly written: DebugConfiguration | undefined;
  readonly launch: () => Launch;
  /** Its log so far; undefined for what never came to a debug adapter. */
  readonly events?: readonly LaunchEvent[];
  readonly usual: Usual;
  /** Ends a launch that is not over, and everything dlv started. */
  readonly cancel?: () => void;
  /** Ends it, launching or running, and settles when nothing of it is left. */
  readonly end?: () => Promise<void>;
  /** The newest state; undefined before the first one and for an examination. */
  state?: SessionState;
  /** True once its client and its dlv are gone. */
  gone?: boolean;
  /** True once a warning about its stall stands on the screen: progress would be a second message. */
  told?: boolean;
  /** What the newest diagnosis came to, and the report of it. */
  diagnosed?: { readonly verdicts: Verdicts; readonly report: Report };
  /** The report of the launch that this one repeats after a fix. */
  repeats?: Report;
}

/** The launches of this window. */
export interface Launches {
  add(followed: Omit<Followed, "id">): Followed;
  /** Has the next launch of a configuration compared with this report. */
  compareNext(name: string, report: Report): void;
  get(id: number): Followed | undefined;
  /** The newest launch, examinations left out. */
  last(): Followed | undefined;
  /** Launches that have not come to their goal or failed yet. */
  underway(): readonly Followed[];
  /** Tells that something about a launch is new. */
  changed(followed: Followed): void;
  /** Tells that a launch has ended with everything it started. */
  gone(followed: Followed): void;
  readonly onChanged: EventEmitter<Followed>["event"];
  dispose(): void;
}

/** Makes an empty list. */
export function makeLaunches(): Launches {
  const all: Followed[] = [];
  const emitter = new EventEmitter<Followed>();
  const awaited = new Map<string, Report>();
  let ids = 0;
  return {
    add(followed) {
      ids += 1;
      const repeats = awaited.get(followed.name);
      awaited.delete(followed.name);
      const one = { ...followed, id: ids, ...(repeats !== undefined && { repeats }) };
      all.push(one);
      if (all.length > kept) all.shift();
      return one;
    },
    compareNext: (name, report) => void awaited.set(name, report),
    get: (id) => all.find((one) => one.id === id),
    last: () => all.findLast((one) => one.via !== "examination"),
    underway: () => all.filter(isUnderway),
    changed: (followed) => emitter.fire(followed),
    gone(followed) {
      followed.gone = true;
      emitter.fire(followed);
    },
    onChanged: emitter.event,
    dispose: () => emitter.dispose(),
  };
}

/** True from the first message until the launch runs or has ended. */
export function isUnderway({ via, state, gone }: Followed): boolean {
  return via !== "examination" && !gone && state?.over !== true && state?.launch.timeline.current !== "run";
}
