import { duplexPair } from "node:stream";
import { causes } from "../../src/causes/index.ts";
import type { LastBuild } from "../../src/core/buildInputs.ts";
import type { EditorState } from "../../src/core/editor.ts";
import type { LaunchEvent } from "../../src/core/event.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import type { Host } from "../../src/core/host.ts";
import { type Launch, planned } from "../../src/core/launch.ts";
import { firstUsual } from "../../src/core/usual.ts";
import { localHost } from "../../src/hosts/local.ts";
import { here, type Place } from "../../src/remote/place.ts";
import { type BreakAt, type Driven, type DriveOptions, drive, type Goal } from "../../src/session/drive.ts";
import { openSession } from "../../src/session/session.ts";
import { dlv } from "./tools.ts";

/** A launch for the lab: a configuration as golang.go resolves it (`__buildDir`, `env`, absolute paths). */
export interface LabOptions {
  readonly config: Readonly<Record<string, unknown>>;
  readonly folder: string;
  /** dlv of another version or a wrapper; the newest when not said. */
  readonly dlv?: string;
  /** Another host for the questions alone; `place` is one for dlv as well, whose paths are those of the configuration. */
  readonly host?: Host;
  readonly place?: Place;
  readonly breakpoints?: readonly BreakAt[];
  /** What an editor did before. */
  readonly editor?: EditorState;
  /** What the launch before it was built from. */
  readonly before?: LastBuild;
  /** "stop" when there are breakpoints, else "initialized". */
  readonly goal?: Goal;
  /** Stands in for the usual times, in ms: a stall is then noticed this soon. */
  readonly stallAfter?: number;
  /** The most that the launch may take, in ms; 120,000 when not said. */
  readonly limitMs?: number;
  /** Carries out a fix where the launch stands; it is then followed to its goal and examined again. */
  readonly heal?: (verdicts: Verdicts) => void | Promise<void>;
  /** Ends the wait where the launch looks so: a program that waits for ever is no stall. */
  readonly enough?: (launch: Launch) => boolean;
  /** What a terminal of the editor would be. */
  readonly runInTerminal?: DriveOptions["runInTerminal"];
  /** What happens between the end of the wait and the diagnosis. */
  readonly meanwhile?: (launch: () => Launch) => Promise<void>;
}

/** What came of it. `ended` says how, "enough" where the options said so; a stalled launch is examined where it stands, and then cancelled. */
export interface LabResult {
  readonly ended: Driven | "stalled" | "enough" | "timeout";
  readonly launch: Launch;
  readonly verdicts: Verdicts;
  readonly events: readonly LaunchEvent[];
  /** From the end of the wait (stall, failure, goal) to the ranked diagnosis, in ms. */
  readonly namedMs: number;
  /** What came of the same launch after `heal`. */
  readonly healed?: Pick<LabResult, "ended" | "verdicts">;
}

/**
 * Launches through the real proxy with the real dlv, until the launch reaches its goal, fails or stalls; examines it
 * with every cause; and ends it, with everything dlv started.
 */
export async function labLaunch(options: LabOptions): Promise<LabResult> {
  const { editor, before } = options;
  const plan = {
    ...planned({ dlvToolPath: options.dlv ?? (await dlv()), ...options.config }, options.folder),
    ...(editor !== undefined && { editor }),
    ...(before !== undefined && { before }),
  };
  const breakpoints = options.breakpoints ?? [];
  const [client, server] = duplexPair();
  let finish: (how: "stalled" | "enough") => void = () => {};
  const seen = new Promise<"stalled" | "enough">((resolve) => {
    finish = resolve;
  });
  const session = openSession(server, {
    planned: plan,
    ...(options.place ?? here),
    ...(options.host && { host: options.host }),
    near: localHost,
    usual: firstUsual,
    ...(options.stallAfter !== undefined && { stallAfter: options.stallAfter }),
    changed(state) {
      if (state.stall !== undefined) finish("stalled");
      if (options.enough?.(state.launch)) finish("enough");
    },
  });
  const driven = drive(client, {
    request: plan.request,
    config: plan.config,
    breakpoints,
    goal: options.goal ?? (breakpoints.length > 0 ? "stop" : "initialized"),
    ...(options.runInTerminal && { runInTerminal: options.runInTerminal }),
  });
  const within = async <T>(ms: number, ...others: readonly Promise<T>[]): Promise<T | "timeout"> => {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<"timeout">((resolve) => {
      timer = setTimeout(resolve, ms, "timeout");
    });
    const first = await Promise.race([...others, timeout]);
    clearTimeout(timer);
    return first;
  };
  const ended = await within<LabResult["ended"]>(options.limitMs ?? 120_000, driven.reached, seen);
  await options.meanwhile?.(session.launch);
  const began = performance.now();
  const verdicts = await session.diagnose(causes);
  const namedMs = performance.now() - began;
  const launch = session.launch();
  let healed: LabResult["healed"];
  if (options.heal) {
    await options.heal(verdicts);
    const reached = await within<LabResult["ended"]>(120_000, driven.reached);
    healed = { ended: reached, verdicts: await session.diagnose(causes) };
  }
  await driven.disconnect();
  await session.done;
  return { ended, launch, verdicts, events: session.events, namedMs, ...(healed && { healed }) };
}
