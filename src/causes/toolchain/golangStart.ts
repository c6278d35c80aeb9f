import type { Explained } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { connectTimedOut } from "../texts.ts";

/** True where golang.go starts dlv as its own child and reads its file descriptors, before any launch too. */
export function startsChild({ mode, config }: Launch): boolean {
  const terminal = config["console"] === "integratedTerminal" || config["console"] === "externalTerminal";
  return mode !== "remote" && !config["port"] && !terminal && config["asRoot"] !== true;
}

/**
 * True where whoever started dlv waited for its port in vain, while dlv neither listened for all they saw nor ended: in
 * golang.go's words "timed out while waiting for DAP server to start".
 */
export function waitedInVain({ timeline }: Launch): boolean {
  const { failure, dlv, spawnError } = timeline;
  if (failure?.command !== "initialize" || failure.phase !== "start" || spawnError !== undefined)
    return false;
  return dlv?.listening === undefined && dlv?.exit === undefined && !connectTimedOut.test(failure.text);
}

/** The wait that a failed start cost. */
export function lostStart({ timeline }: Launch): { readonly explains?: Explained } {
  if (timeline.totalMs === 0) return {};
  return { explains: { phase: "start", ms: spent(timeline, "start") } };
}

/** Delve Doctor finds dlv's port also by its socket, and knows no limit of one second. */
export function letUsStart(cause: string): Omit<Fix, "preferred"> {
  return {
    id: `${cause}/proxy`,
    title: say`Let Delve Doctor start dlv ("delveDoctor.mode": "proxy"): it finds the port by its socket as well`,
    needsRoot: false,
    scope: "user",
    action: { kind: "setting", key: "delveDoctor.mode", value: "proxy" },
  };
}

/** The first of the remedies is the preferred one. */
export function inOrder(fixes: readonly Omit<Fix, "preferred">[]): Fix[] {
  return fixes.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
