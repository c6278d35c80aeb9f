import { duplexPair } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { causes } from "../causes/index.ts";
import { nothingStops } from "../core/breakpoints.ts";
import type { LaunchEvent } from "../core/event.ts";
import type { Verdicts } from "../core/finding.ts";
import type { Launch, Planned } from "../core/launch.ts";
import type { PhaseName } from "../core/phases.ts";
import { usualOf } from "../core/usual.ts";
import type { Fast } from "../fast/fastLaunch.ts";
import { localHost } from "../hosts/local.ts";
import type { Place } from "../remote/place.ts";
import { makeReport, type Report, type ReportOutcome } from "../report/report.ts";
import { makeStepper } from "../report/stepper.ts";
import { type BreakAt, type Driven, drive, type Goal } from "../session/drive.ts";
import { progressMessage } from "../session/progress.ts";
import { openSession } from "../session/session.ts";
import type { SessionState } from "../session/state.ts";
import { type Behinds, type Known, nearVerdicts, type Seen, thereOf } from "./behind.ts";
import type { Screen } from "./screen.ts";
import { openLog, rememberBuild, rememberTiming, timingsOf, withLastBuild } from "./state.ts";
import { runInTerminal } from "./terminal.ts";

/** How long (ms) dlv may take to end a session that it was asked to end. */
const partingMs = 3000;

/** How long (ms) a program may run on when none of its breakpoints was set: it may end, or stop for another reason. */
const hollowMs = 2000;

/** One launch, and how far it shall go. Times in ms. */
export interface RunOptions {
  readonly planned: Planned;
  readonly place: Place;
  readonly breakpoints: readonly BreakAt[];
  readonly goal: Goal;
  readonly stallAfter?: number;
  /** Gives up after so long, and looks at the launch as it is then. */
  readonly timeout?: number;
  readonly screen: Screen;
  /** Ends the launch as Ctrl+C does, unexamined. */
  readonly interrupt: AbortSignal;
  /** Makes the launch faster; absent where Delve is to build everything anew. */
  readonly fast?: Fast;
  /** Finds out what is behind the port that the launch connects to; absent where the place is said. */
  readonly behinds?: Behinds;
  /** Decides what a stall leads to, while the launch goes on. `gone` aborts when there is nothing to decide any more. */
  readonly atStall: (examined: Examined, gone: AbortSignal) => Promise<"wait" | "stop">;
}

/** A launch at the moment it was examined. */
export interface Examined {
  readonly report: Report;
  readonly launch: Launch;
  /** The machine behind the port that it connects to, where it was examined there. */
  readonly seen?: Seen;
}

/** What came of a launch. `reached` is true where it got to its goal; `events` are its whole log, as recorded. */
export interface Ran extends Examined {
  readonly reached: boolean;
  readonly events: readonly LaunchEvent[];
}

type End = Driven | "stalled" | "cancelled" | "late";

const goals: Readonly<Record<Goal, End>> = { initialized: "initialized", stop: "stopped", exit: "exited" };
const nothing: Verdicts = { findings: [], clear: [], unknown: [] };

/** Launches through the proxy, shows the phases live, examines the launch, and leaves nothing of it behind. */
export async function run(options: RunOptions): Promise<Ran> {
  const { place, screen, interrupt, stallAfter } = options;
  const planned = await withLastBuild(options.planned, place.host);
  const usual = usualOf(await timingsOf(planned));
  const stepper = makeStepper({ ...screen, write: screen.progress });
  const log = openLog();
  const [client, server] = duplexPair();
  const changes = new EventTarget();
  let state: SessionState | undefined;
  let asking = false;

  const session = openSession(server, {
    ...place,
    near: localHost,
    planned,
    usual,
    log: log.write,
    ...(stallAfter !== undefined && { stallAfter }),
    ...(options.fast && { fast: options.fast }),
    changed(now) {
      state = now;
      changes.dispatchEvent(new Event("change"));
      if (!asking) stepper.show(now.launch.timeline, progressMessage(now.launch.timeline, usual), now.late);
    },
  });
  const driven = drive(client, {
    request: planned.request,
    config: planned.config,
    breakpoints: options.breakpoints,
    goal: options.goal,
    runInTerminal,
    printed: (text) => stepper.say(text),
  });
  const interrupted = once(interrupt, "abort", () => interrupt.aborted).then((): End => "cancelled");
  const late = options.timeout === undefined ? [] : [sleep<End>(options.timeout, "late", { ref: false })];
  const hollow = () => options.goal === "stop" && state !== undefined && nothingStops(state.launch.timeline);
  const past = once(changes, "change", hollow).then(() =>
    sleep<End>(hollowMs, "initialized", { ref: false }),
  );
  const end = Promise.race([driven.reached, interrupted, past, ...late]);

  /** Does what needs the person or a while, with the screen to itself; `gone` aborts when the stall is over. */
  const aside = async <T>(work: (gone: AbortSignal) => Promise<T>): Promise<T> => {
    asking = true;
    stepper.pause();
    const gone = new AbortController();
    void Promise.race([end, once(changes, "change", () => state?.stall === undefined)]).then(() =>
      gone.abort(),
    );
    try {
      return await work(gone.signal);
    } finally {
      gone.abort();
      asking = false;
    }
  };
  const behind = async (outcome: ReportOutcome): Promise<Known> => {
    const { behinds } = options;
    if (behinds === undefined) return undefined;
    if (outcome === "stalled") return aside((gone) => behinds.find(planned, gone));
    return outcome === "failed" ? behinds.find(planned, interrupt) : undefined;
  };
  const examine = async (outcome: ReportOutcome): Promise<Examined> => {
    const known = await behind(outcome);
    const seen = known !== undefined && "place" in known ? known : undefined;
    const launch = session.launch();
    const verdicts = await Promise.race([
      session.diagnose(causes, seen && thereOf(seen)),
      interrupted.then(() => nothing),
    ]);
    const host = seen?.place.host ?? place.host;
    const report = makeReport(host, launch, nearVerdicts(verdicts, known), outcome);
    return { launch, report, ...(seen && { seen }) };
  };

  /** Waits for the end, or for a stall that the person wants to end it. A stall of a phase is told once. */
  const follow = async (): Promise<Examined & { how: End }> => {
    const told = new Set<PhaseName>();
    const stalls = () => state?.stall !== undefined && !told.has(state.stall.phase);
    for (;;) {
      const how = await Promise.race([end, once(changes, "change", stalls)]);
      if (how !== undefined) return { how, ...(await ended(how)) };
      const examined = await examine("stalled");
      // Slow is not stalled: what moved while it was looked at goes on.
      if (!stalls()) continue;
      const stall = state?.stall;
      if (stall !== undefined) told.add(stall.phase);
      const decided = await aside((gone) => options.atStall(examined, gone));
      if (decided === "stop") return { how: "stalled", ...examined };
    }
  };
  const ended = (how: End) =>
    how === "cancelled"
      ? { launch: session.launch(), report: makeReport(place.host, session.launch(), nothing, how) }
      : examine(how === "late" ? "cancelled" : how);

  try {
    const { how, launch, report, seen } = await follow();
    const reached = how === goals[options.goal];
    stepper.show(launch.timeline, "", false);
    if (reached) {
      await rememberTiming(launch);
      await rememberBuild(launch, place.host);
    }
    if (how === "stopped" || how === "initialized")
      await Promise.race([driven.disconnect(), sleep(partingMs, undefined, { ref: false })]);
    return { launch, report, reached, events: session.events, ...(seen && { seen }) };
  } finally {
    stepper.pause();
    session.cancel();
    client.end();
    await session.done;
    log.close();
  }
}

/** Resolves with nothing at once or at the first event after which `holds`. */
function once(target: EventTarget, event: string, holds: () => boolean): Promise<undefined> {
  if (holds()) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const check = () => {
      if (!holds()) return;
      target.removeEventListener(event, check);
      resolve(undefined);
    };
    target.addEventListener(event, check);
  });
}
