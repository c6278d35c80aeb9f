import { type Launch, textOf } from "../../core/launch.ts";

/** True where the configuration has dlv run in a terminal that the editor opens, from which it dials back. */
export function inTerminal(launch: Launch): boolean {
  if (launch.mode === "remote" || launch.config["port"] !== undefined) return false;
  const kind = textOf(launch, "console");
  return launch.config["asRoot"] === true || kind === "integratedTerminal" || kind === "externalTerminal";
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
