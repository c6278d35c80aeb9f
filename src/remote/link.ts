import type { Happening } from "../core/event.ts";
import type { Machine } from "../hosts/machine.ts";

/** How long (ms) the first round trip may take to be measured before the launch's log goes without it. */
const rttMs = 2000;

/** Tells a launch's log how its machine is reached, how far it is, and that the connection was lost. */
export function tellLink(machine: Machine, record: (happening: Happening) => void): void {
  const { kind, name, kept } = machine;
  const { client } = machine.profile;
  const everyMs = kept?.everyMs ?? 0;
  record({
    kind: "link",
    what: "opened",
    host: { kind, name },
    via: kept?.via ?? "exec",
    keepAliveMs: everyMs,
    ...(kept?.configuredMs !== undefined && { configuredMs: kept.configuredMs }),
    ...(client !== undefined && { client }),
  });
  const measured = () => {
    const ms = machine.rttMs?.();
    if (ms !== undefined) record({ kind: "link", what: "rtt", ms: Math.round(ms) });
    return ms !== undefined;
  };
  if (!measured()) setTimeout(measured, rttMs).unref();
  void machine.lost.then((because) => {
    const silentMs = Math.round(kept?.silentMs?.() ?? 0);
    // Two keep-alives without an answer are silence; whatever ends a connection sooner has said so.
    const how = everyMs > 0 && silentMs > everyMs ? "silence" : "closed";
    record({ kind: "link", what: "lost", because, silentMs, keepAliveMs: everyMs, how });
  });
}
