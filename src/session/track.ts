import { setTimeout as sleep } from "node:timers/promises";
import type { Cause } from "../core/cause.ts";
import type { Config } from "../core/config.ts";
import type { Happening, LaunchEvent } from "../core/event.ts";
import type { Verdicts } from "../core/finding.ts";
import type { Host } from "../core/host.ts";
import { type Launch, type Planned, planned } from "../core/launch.ts";
import type { Sample } from "../core/process.ts";
import { redactConfig, secretValues } from "../core/redact.ts";
import { findStall, isLate } from "../core/stall.ts";
import type { Usual } from "../core/usual.ts";
import { examine } from "../examine/examine.ts";
import { makeHarmless } from "./harmless.ts";
import { countPackages } from "./packages.ts";
import { makeRecorder } from "./recorder.ts";
import type { SessionState } from "./state.ts";
import { watch } from "./watch.ts";

/** How often (ms) a launch that is going on is told about, and looked at for a stall. */
const tickMs = 250;

/** How long (ms) a program's last words may lag behind its end: its output comes through a pipe, its end over DAP. */
const lastWordsMs = 300;

/** What it takes to follow a launch: what is launched and where, what is usual, and who wants to know. */
export interface TrackOptions {
  readonly planned: Planned;
  readonly host: Host;
  /** Where the editor is, where that is another machine than dlv's. */
  readonly near?: Host;
  readonly usual: Usual;
  /** Stands in for the usual time of every phase, in ms. */
  readonly stallAfter?: number;
  /** Samples dlv's process tree on the host. */
  readonly sample: (pid: number) => Sample;
  /** Gets each event of the launch as one line of JSON. */
  readonly log?: (line: string) => void;
  /** Called several times a second while the launch goes on, and once when it is over. */
  readonly changed?: (state: SessionState) => void;
  /** Called once if following the launch failed, `log` and `changed` included: it goes on unwatched. */
  readonly bypassed?: () => void;
}

/** Another host to judge a launch on, and the launch as it looks from there. */
export interface There {
  readonly host: Host;
  readonly launch: (launch: Launch) => Launch;
}

/** A launch that is recorded and judged while it goes on, however its messages come by. */
export interface Track {
  readonly launch: () => Launch;
  /** What is launched, without what happened to it. */
  readonly planned: () => Planned;
  readonly events: readonly LaunchEvent[];
  /** Takes what happens. A `spawned` dlv is sampled from then on. */
  readonly record: (happening: Happening) => void;
  /** Takes the arguments of `launch` or `attach`: what a client asks for is what is launched. */
  readonly adopt: (command: "launch" | "attach", args: Config) => void;
  /**
   * Looks for the cause of what the launch is doing now, without disturbing it: on its host, or on the one behind the
   * tunnel that it goes through. Never rejects.
   */
  readonly diagnose: (causes: readonly Cause[], there?: There) => Promise<Verdicts>;
  /** Looks at the launch a last time and stops: it is over, or the program just runs. */
  readonly close: () => void;
}

/** Starts to follow a launch. It never throws, nor does anything that comes of it but `launch`. */
export function track(options: TrackOptions): Track {
  const { host, near, usual, stallAfter } = options;
  let plan = options.planned;
  let stop: (() => void) | undefined;
  let over = false;
  let closing = false;
  const recorder = makeRecorder(options.log ?? (() => {}), () => secretValues(plan.env));
  // Next to the recorder's own zero: what is written below takes a while on a busy machine.
  const time = new Date().toISOString();
  const launch = (): Launch => ({ ...plan, timeline: recorder.timeline() });
  const harmless = makeHarmless(bypass);
  const packages = countPackages(
    host,
    launch,
    harmless((done, total) => recorder.record({ kind: "packages", done, total })),
  );
  const timer = setInterval(harmless(tick), tickMs);
  harmless(recorder.record)(asked(host, plan, time));

  function record(happening: Happening): void {
    recorder.record(happening);
    if (happening.kind === "spawned" && !over) {
      stop?.();
      stop = watch(() => options.sample(happening.pid), sampled, harmless);
    }
    if (isUrgent(happening)) tick();
  }

  function bypass(because: string): void {
    over = true;
    end();
    for (const last of [
      () => recorder.record({ kind: "bypassed", because }),
      () => options.changed?.({ launch: launch(), late: false, over }),
      () => options.bypassed?.(),
    ]) {
      try {
        last();
      } catch {
        // It may be what failed in the first place.
      }
    }
  }

  function sampled(sample: Sample): void {
    recorder.record({ kind: "sample", sample });
    packages.sampled(sample);
  }

  function tick(): void {
    if (over) return;
    const now = launch();
    over = closing || now.timeline.outcome !== undefined;
    const stall = findStall(now.timeline, usual, stallAfter);
    const late = isLate(now.timeline, usual);
    if (late) packages.start();
    options.changed?.({ launch: now, late, over, ...(stall !== undefined && { stall }) });
    if (over) end();
  }

  function end(): void {
    clearInterval(timer);
    stop?.();
    packages.stop();
  }

  return {
    launch,
    planned: () => plan,
    events: recorder.events,
    record: harmless(record),
    adopt: harmless((command, { __sessionId, debugServer, ...args }) => {
      // What ties the client to us is not part of what it launches.
      const before = plan;
      const { nearFolder, editor, before: lastBuild } = before;
      plan = {
        ...planned({ ...plan.config, ...args, request: command }, plan.folder),
        ...(nearFolder !== undefined && { nearFolder }),
        ...(editor !== undefined && { editor }),
        ...(lastBuild !== undefined &&
          (args["name"] ?? before.name) === before.name && { before: lastBuild }),
      };
      if (plan.mode !== before.mode || plan.request !== before.request)
        recorder.record(asked(host, plan, time));
    }),
    async diagnose(causes, there) {
      if (launch().timeline.outcome === "exited") await sleep(lastWordsMs);
      if (there !== undefined) return examine(there.host, there.launch(launch()), causes, near ?? host);
      return examine(host, launch(), causes, near);
    },
    close: harmless(() => {
      closing = true;
      tick();
    }),
  };
}

/**
 * What may end a launch is looked at when it happens, and so is what lets the program run, because a short one is soon
 * gone; all else at the next tick, because looking reads the whole log.
 */
function isUrgent(happening: Happening): boolean {
  if (happening.kind === "response") return !happening.success || happening.command === "configurationDone";
  return ["event", "spawn-failed", "exited", "lost", "cancelled"].includes(happening.kind);
}

function asked(host: Host, { name, request, mode, config }: Planned, time: string): Happening {
  return {
    kind: "asked",
    log: 1,
    time,
    host: { kind: host.kind, name: host.name },
    launch: { name, request, mode, config: redactConfig(config) },
  };
}
