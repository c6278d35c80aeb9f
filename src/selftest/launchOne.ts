import { duplexPair } from "node:stream";
import { causes } from "../causes/index.ts";
import type { Planned } from "../core/launch.ts";
import type { Phase, PhaseName } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { firstUsual } from "../core/usual.ts";
import { localHost } from "../hosts/local.ts";
import type { Place } from "../remote/place.ts";
import { makeReport, type Report, type ReportOutcome } from "../report/report.ts";
import { openSession } from "../session/session.ts";
import type { SessionState } from "../session/state.ts";
import { type Adapter, speak } from "./adapter.ts";
import { within } from "./within.ts";

/** How long (ms) dlv may take to end a session that it was asked to end. */
const partingMs = 3000;

/** What is launched or attached to, and the line where it is to stop. `limitMs` is for all of it, a cold build included. */
export interface Wanted {
  readonly place: Place;
  readonly planned: Planned;
  readonly file: string;
  readonly line: number;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Hears each phase that the launch comes to. */
  readonly reached?: (phase: PhaseName) => void;
}

/** A launch that stopped where it should, or did not: then the report says why. */
export interface Launched {
  readonly phases: readonly Phase[];
  readonly adapter: Adapter;
  readonly missed?: { readonly phase: PhaseName; readonly because: string; readonly report: Report };
  /** Looks for the causes of what went wrong with it later. */
  examine(): Promise<Report>;
  /** Ends the session as an editor would; a program that was attached to runs on. */
  end(): Promise<void>;
}

/** Launches through the proxy, as F5 would, and waits for the stop. A stall is examined where it stands. Never rejects. */
export async function launchOne(wanted: Wanted): Promise<Launched> {
  const { place, planned, signal, limitMs } = wanted;
  const [client, server] = duplexPair();
  const changes = new EventTarget();
  let state: SessionState | undefined;
  const session = openSession(server, {
    ...place,
    near: localHost,
    planned,
    usual: firstUsual,
    changed(now) {
      const phase = now.launch.timeline.current;
      if (phase !== undefined && phase !== state?.launch.timeline.current) wanted.reached?.(phase);
      state = now;
      changes.dispatchEvent(new Event("change"));
    },
  });
  const adapter = speak(client);
  const over = new AbortController();
  const examined = async (outcome: ReportOutcome): Promise<Report> => {
    const launch = session.launch();
    const nothing = { findings: [], clear: [], unknown: [] };
    const verdicts = await within(session.diagnose(causes), 60_000, signal).catch(() => nothing);
    return makeReport(place.host, launch, verdicts, outcome);
  };
  const missed = (because: string, report: Report): Launched["missed"] => {
    const { failure, current, phases, buildError } = session.launch().timeline;
    const last = failure?.phase ?? current ?? phases.at(-1)?.name ?? "start";
    // A build that fails has its own words. A program that cannot be run fails in the same answer, before it was seen to load.
    const phase = last === "build" && failure !== undefined && buildError === undefined ? "load" : last;
    return { phase, because: lastLine(buildError) ?? report.timeline.failure?.text ?? because, report };
  };
  /** The end of the wait; a stall that goes away while it is looked at is none. */
  const wait = async (): Promise<Launched["missed"]> => {
    const stop = within(toStop(adapter, wanted), limitMs, signal).then(
      () => "stopped" as const,
      (error: unknown) => ({ because: messageOf(error) }),
    );
    for (;;) {
      const end = await Promise.race([stop, stalls(changes, () => state?.stall !== undefined, over.signal)]);
      if (end === "stopped") return undefined;
      if (end !== "stalled")
        return missed(end.because, await examined(signal.aborted ? "cancelled" : "failed"));
      const report = await examined("stalled");
      const phase = state?.stall?.phase;
      if (phase !== undefined) return missed(say`nothing moves in ${phase} any more`, report);
    }
  };
  const end = async () => {
    over.abort();
    const leave = adapter.request("disconnect", { terminateDebuggee: planned.request === "launch" });
    await within(leave, partingMs, signal).catch(() => {});
    session.cancel();
    client.end();
    await session.done;
  };
  const lost = await wait();
  return {
    adapter,
    end,
    phases: session.launch().timeline.phases,
    ...(lost !== undefined && { missed: lost }),
    examine: () => examined("stopped"),
  };
}

/** Plays the editor to the first stop. Rejects with one line where it does not come to it. */
async function toStop(adapter: Adapter, { planned, file, line }: Wanted): Promise<void> {
  await adapter.request("initialize", {
    clientID: "delve-doctor",
    adapterID: "go",
    pathFormat: "path",
    linesStartAt1: true,
    columnsStartAt1: true,
  });
  const launched = adapter.request(planned.request, planned.config);
  const initialized = adapter.event("initialized");
  initialized.catch(() => {});
  await Promise.race([initialized, launched.then(() => initialized)]);
  const { breakpoints } = await adapter.request("setBreakpoints", {
    source: { path: file },
    breakpoints: [{ line }],
  });
  const [set] = Array.isArray(breakpoints) ? breakpoints : [];
  if (set?.verified !== true)
    throw new Error(say`the breakpoint was not set: ${String(set?.message ?? "?")}`);
  await adapter.request("configurationDone");
  await launched;
  const { reason } = await adapter.event("stopped");
  if (reason !== "breakpoint") throw new Error(say`it stopped, but not at the breakpoint: ${String(reason)}`);
}

/** Resolves at the first stall, or never. */
function stalls(target: EventTarget, holds: () => boolean, signal: AbortSignal): Promise<"stalled"> {
  return new Promise((resolve) => {
    const check = () => holds() && resolve("stalled");
    check();
    target.addEventListener("change", check, { signal });
  });
}

/** Delve tells the command of a build that failed first, and go's own words after it. */
function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split("\n").at(-1)?.trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
