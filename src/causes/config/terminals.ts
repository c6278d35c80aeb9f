import { type Launch, textOf } from "../../core/launch.ts";
import type { Dialling } from "../../probes/terminalDlv.ts";

/** True where the configuration has dlv run in a terminal that the editor opens, from which it dials back. */
export function inTerminal(launch: Launch): boolean {
  if (launch.mode === "remote" || launch.config["port"] !== undefined) return false;
  const kind = textOf(launch, "console");
  return launch.config["asRoot"] === true || kind === "integratedTerminal" || kind === "externalTerminal";
}

/**
 * Of all that dial back somewhere on this machine, what is to dial back to this launch; all of them where nobody knows at
 * what address that is waited for (golang.go's own launch), and then whose they are is not proven.
 */
export function ownDialling(
  all: readonly Dialling[],
  { timeline: { awaiting } }: Launch,
): readonly Dialling[] {
  return awaiting === undefined ? all : all.filter(({ address }) => address === awaiting);
}

/** How long (ms) a terminal may take to open: an editor that has none, or a machine that gives dlv none, says so at once. */
const openingMs = 1500;

/** True while, or after, the launch waited for a dlv that did not dial back: one that does is known from then on. */
export function neverDialled({ timeline }: Launch): boolean {
  return (
    timeline.totalMs >= openingMs &&
    timeline.dlv === undefined &&
    timeline.phases.every(({ name }) => name === "start")
  );
}
