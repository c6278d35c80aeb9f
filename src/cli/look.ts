import { causes } from "../causes/index.ts";
import type { Host } from "../core/host.ts";
import { quote } from "../core/shell.ts";
import { noTimeline } from "../core/timeline.ts";
import { examine } from "../examine/examine.ts";
import { here, type Place } from "../remote/place.ts";
import { makeReport, type Report } from "../report/report.ts";
import { type Known, nearVerdicts } from "./behind.ts";
import type { Chosen } from "./choose.ts";
import { Stop, status } from "./stop.ts";

/** What a host has to build and debug with. */
export interface Versions {
  readonly dlv?: string;
  readonly go?: string;
}

/**
 * Looks at a host that is connected, and at a configuration, without a launch. `known` is of what is behind its port.
 * Throws once interrupted.
 */
export async function lookAt(
  { planned }: Chosen,
  place: Place,
  interrupt: AbortSignal,
  known?: Known,
): Promise<Report> {
  const host = endedBy(place.host, interrupt);
  const near = place.machine === undefined ? host : endedBy(here.host, interrupt);
  const launch = { ...planned, timeline: noTimeline };
  const verdicts = nearVerdicts(await examine(host, launch, causes, near), known);
  if (interrupt.aborted) throw interrupted();
  const rttMs = place.machine?.rttMs?.();
  const far = rttMs === undefined ? {} : { link: { rttMs, refused: [], reopened: false } };
  return makeReport(host, { ...launch, timeline: { ...noTimeline, ...far } }, verdicts, "diagnosed");
}

/** Ctrl+C. */
export function interrupted(): Stop {
  return new Stop(status.found, "ended before all was looked at");
}

/** The versions of the launch's dlv and of the Go there, as far as they say them. */
export async function versionsAt(chosen: Chosen, { host }: Place, interrupt: AbortSignal): Promise<Versions> {
  const { dlv: tool, env } = chosen.planned;
  const stdin = `${quote(tool)} version; go version`;
  const limits = { ms: 10_000, bytes: 10_000 };
  const said = await endedBy(host, interrupt)
    .run({ argv: ["sh"], stdin, env }, limits)
    .then(
      ({ stdout }) => stdout,
      () => "",
    );
  const dlv = /^Version: v?(\S+)/m.exec(said)?.[1];
  const go = /^go version go(\S+)/m.exec(said)?.[1];
  return { ...(dlv !== undefined && { dlv }), ...(go !== undefined && { go }) };
}

/** The same host, whose commands end with all they started when the signal comes. */
function endedBy(host: Host, signal: AbortSignal): Host {
  return { ...host, run: (command, limits) => host.run(command, { ...limits, signal }) };
}
