import type { Duplex } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Happening } from "../core/event.ts";
import { type Fast, fastLaunch } from "../fast/fastLaunch.ts";
import { proxyConnection } from "../proxy/connection.ts";
import type { ProxyConnection, ProxyOptions } from "../proxy/contract.ts";
import type { Served } from "../proxy/listen.ts";
import { type DlvPlan, type Env, planDlv } from "../proxy/plan.ts";
import { makeHarmless } from "./harmless.ts";
import { showProgress } from "./progress.ts";
import type { SessionState } from "./state.ts";
import { type Track, type TrackOptions, track } from "./track.ts";

/** Everything a launch through the proxy needs. */
export interface SessionOptions extends TrackOptions {
  /** Shows progress in the client over DAP; a shell that draws its own leaves this off. */
  readonly progress?: boolean;
  /** How often (ms) a silent connection to a dlv that somebody else runs is kept alive; 0 is never. */
  readonly keepAliveMs?: number;
  /** Goes to dlv on another machine; absent for this one. */
  readonly reach?: ProxyOptions["reach"];
  /** What dlv's environment is made of besides the configuration's; this process's own when not said. */
  readonly env?: Env;
  /** Makes a launch of this machine's dlv faster; absent where Delve is to build everything anew. */
  readonly fast?: Fast;
  /** Changes the error that a failed launch shows: the editor adds its button here. */
  readonly decorate?: (error: DebugProtocol.Message, command: string) => DebugProtocol.Message;
}

/** One launch from the client's connection to its end. A listener serves it as one of its clients. */
export interface Session extends Pick<Track, "launch" | "events" | "diagnose">, Served {
  /** Prints in the client's debug console. */
  readonly print: ProxyConnection["print"];
  /** Ends the launch and everything dlv started. */
  readonly cancel: () => void;
  /** Settles when client and dlv are gone; never rejects. */
  readonly done: Promise<void>;
}

/** Puts the proxy between a client and dlv, and watches the launch until it is over. */
export function openSession(client: Duplex, options: SessionOptions): Session {
  let progress: ((state: SessionState) => void) | undefined;
  let connection: ProxyConnection | undefined;
  const { decorate } = options;
  const followed = track({
    ...options,
    sample(pid) {
      const sample = options.sample(pid);
      connection?.sampled(sample);
      return sample;
    },
    changed(state) {
      progress?.(state);
      options.changed?.(state);
    },
    bypassed() {
      options.bypassed?.();
      // Not at once: what failed may be called from the midst of what the proxy says.
      queueMicrotask(() => connection?.launchOver());
    },
  });
  const env = options.env ?? process.env;
  const fast = options.fast && fastLaunch(options.fast, options.planned.folder, env);
  let planned: DlvPlan | undefined;
  const plan = () => {
    const { config, folder, dlv } = followed.planned();
    planned = planDlv(config, { folder, dlv, env });
    return planned;
  };
  // A button that cannot be made is no reason to look away: why the launch failed is what is told next.
  const unmade = makeHarmless((because) => followed.record({ kind: "bypassed", because }));
  const decorated = decorate && unmade(decorate);
  connection = proxyConnection(client, {
    plan,
    record(happening) {
      followed.record(happening);
      if (isBuilt(happening)) void fast?.built();
    },
    ...(fast && { prepare: async (args) => (planned === undefined ? args : fast.prepare(args, planned)) }),
    asked: followed.adopt,
    ...(options.reach && { reach: options.reach }),
    ...(options.keepAliveMs !== undefined && { keepAliveMs: options.keepAliveMs }),
    ...(decorated && { decorate: (error, command) => decorated(error, command) ?? error }),
  });
  // A server that never stops is followed no longer than its bytes are read: an hour of samples tells nothing.
  void connection.over.then(followed.close);
  if (options.progress) progress = showProgress(connection, options.usual);
  const { cancel } = connection;
  return {
    launch: followed.launch,
    events: followed.events,
    diagnose: followed.diagnose,
    print: connection.print,
    cancel: () => cancel("cancelled"),
    leaving: connection.leaving,
    close: connection.close,
    done: connection.done.then(() => fast?.close()),
  };
}

/** Delve answers a launch before `initialized` or after it, by version; a noDebug launch has no such event. */
function isBuilt(happening: Happening): boolean {
  if (happening.kind === "event") return happening.event === "initialized";
  return happening.kind === "response" && happening.command === "launch" && happening.success;
}
