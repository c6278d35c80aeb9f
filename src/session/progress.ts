import type { PhaseName } from "../core/phases.ts";
import { say } from "../core/say.ts";
import type { Usual } from "../core/usual.ts";
import type { ProxyConnection } from "../proxy/contract.ts";
import type { SessionState } from "./state.ts";

const titles: Readonly<Record<PhaseName, () => string>> = {
  start: () => say`Starting dlv`,
  handshake: () => say`Connecting to dlv`,
  build: () => "go build",
  load: () => say`Loading the program`,
  configure: () => say`Setting breakpoints`,
  run: () => say`Running to the first stop`,
};

/**
 * Shows progress in the client once a launch is past its usual time, and ends it when the launch is over. A launch
 * within its usual time shows nothing. The run phase shows nothing either: a server that waits is not late.
 */
export function showProgress(connection: ProxyConnection, usual: Usual): (state: SessionState) => void {
  let shown: ReturnType<ProxyConnection["progress"]> | undefined;
  let said = "";
  return ({ launch, late, over }) => {
    const { timeline } = launch;
    if (over || timeline.current === "run") {
      shown?.end();
      shown = undefined;
      return;
    }
    if (!late && shown === undefined) return;
    shown ??= connection.progress("delve-doctor-launch", say`Launching ${launch.name}`);
    const message = progressMessage(launch.timeline, usual);
    if (message === said) return;
    said = message;
    shown.update(message, percentage(timeline.packages));
  };
}

/** "go build · 12 s (usually 4 s) · compiling net/http · 31 of 125 packages". */
export function progressMessage(
  { phases, compiling, packages, idleMs }: SessionState["launch"]["timeline"],
  usual: Usual,
): string {
  const phase = phases.at(-1);
  if (phase === undefined) return "";
  const time = seconds(phase.ms);
  const usually = usual[phase.name];
  const parts = [
    titles[phase.name](),
    Number.isFinite(usually) ? say`${time} (usually ${seconds(usually)})` : time,
  ];
  if (phase.name === "build" && compiling !== undefined) parts.push(say`compiling ${compiling}`);
  if (phase.name === "build" && packages !== undefined)
    parts.push(say`${packages.done} of ${packages.total} packages`);
  if (idleMs >= 2000) parts.push(say`no sign of work for ${seconds(idleMs)}`);
  return parts.join(" · ");
}

/** Whole seconds, so that a message changes once a second at most. */
function seconds(ms: number): string {
  return say`${Math.max(1, Math.round(ms / 1000))} s`;
}

/** Known exactly or not shown. */
function percentage(
  packages: { readonly done: number; readonly total: number } | undefined,
): number | undefined {
  return packages === undefined ? undefined : Math.floor((packages.done / packages.total) * 100);
}
