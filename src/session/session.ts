import type { Duplex } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
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
import { proxyConnection } from "../proxy/connection.ts";
import { planDlv } from "../proxy/plan.ts";
import { countPackages } from "./packages.ts";
import { showProgress } from "./progress.ts";
import { makeRecorder } from "./recorder.ts";
import type { SessionState } from "./state.ts";
import { watch } from "./watch.ts";

/** How often (ms) a launch that is going on is told about, and looked at for a stall. */
const tickMs = 250;

/** Everything a launch needs: what to run and where, what is usual, and who wants to know. */
export interface SessionOptions {
  readonly planned: Planned;
  readonly host: Host;
  readonly causes: readonly Cause[];
  readonly usual: Usual;
  /** Stands in for the usual time of every phase, in ms. */
  readonly stallAfter?: number;
  /** Samples dlv's process tree on the host. */
  readonly sample: (pid: number) => Sample;
  /** Shows progress in the client (VS Code's own toast); a shell that draws its own leaves this off. */
  readonly progress?: boolean;
  /** Gets each event of the launch as one line of JSON. */
  readonly log?: (line: string) => void;
  /** Changes the error that a failed launch shows: the editor adds its button here. */
  readonly decorate?: (error: DebugProtocol.Message, command: string) => DebugProtocol.Message;
  /** Called several times a second while the launch goes on, and once when it is over. */
  readonly changed?: (state: SessionState) => void;
}

/** One launch from the client's connection to its end. */
export interface Session {
  readonly launch: () => Launch;
  readonly events: readonly LaunchEvent[];
  /** Looks for the cause of what the launch is doing now, without disturbing it. Never rejects. */
  readonly diagnose: () => Promise<Verdicts>;
  /** Ends the launch and everything dlv started. */
  readonly cancel: () => void;
  /** Settles when client and dlv are gone; never rejects. */
  readonly done: Promise<void>;
}

/** Puts the proxy between a client and dlv, and watches the launch until it is over. */
export function openSession(client: Duplex, options: SessionOptions): Session {
  const { host, causes, usual, stallAfter } = options;
  let plan = options.planned;
  const recorder = makeRecorder(options.log ?? (() => {}), () => secretValues(plan.env));
  const launch = (): Launch => ({ ...plan, timeline: recorder.timeline() });
  let stop: (() => void) | undefined;

  recorder.record(asked(host, plan));
  const connection = proxyConnection(client, {
    plan: () => planDlv(plan.config, { folder: plan.folder, dlv: plan.dlv, env: process.env }),
    record: see,
    asked: adopt,
    ...(options.decorate !== undefined && { decorate: options.decorate }),
  });
  const progress = options.progress ? showProgress(connection, usual) : undefined;
  const timer = setInterval(tick, tickMs);

  /** What a client asks for is what is launched: only here does a client without launch.json say what it wants. */
  function adopt(command: "launch" | "attach", args: Config): void {
    const before = plan;
    plan = planned({ ...plan.config, ...args, request: command }, plan.folder);
    if (plan.mode !== before.mode || plan.request !== before.request) recorder.record(asked(host, plan));
  }

  function see(happening: Happening): void {
    recorder.record(happening);
    if (happening.kind === "spawned") stop = watch(() => options.sample(happening.pid), sampled);
    if (happening.kind !== "output" && happening.kind !== "said") tick();
  }

  function sampled(sample: Sample): void {
    recorder.record({ kind: "sample", sample });
    packages.sampled(sample);
  }

  const packages = countPackages(host, launch, (done, total) =>
    recorder.record({ kind: "packages", done, total }),
  );

  let over = false;
  function tick(): void {
    if (over) return;
    const now = launch();
    over = now.timeline.outcome !== undefined;
    const stall = findStall(now.timeline, usual, stallAfter);
    const state = {
      launch: now,
      late: isLate(now.timeline, usual),
      over,
      ...(stall !== undefined && { stall }),
    };
    if (state.late) packages.start();
    progress?.(state);
    options.changed?.(state);
    if (over) close();
  }

  function close(): void {
    clearInterval(timer);
    stop?.();
  }

  return {
    launch,
    events: recorder.events,
    diagnose: () => examine(host, launch(), causes),
    cancel: () => connection.cancel("cancelled"),
    done: connection.done.then(() => {
      tick();
      close();
    }),
  };
}

function asked(host: Host, { name, request, mode, config }: Planned): Happening {
  return {
    kind: "asked",
    log: 1,
    time: new Date().toISOString(),
    host: { kind: host.kind, name: host.name },
    launch: { name, request, mode, config: redactConfig(config) },
  };
}
