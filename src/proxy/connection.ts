import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../core/config.ts";
import { recordOf } from "../core/json.ts";
import type { ProxyConnection, ProxyOptions, Reach } from "./contract.ts";
import { createTimer, deferred } from "./deferred.ts";
import { createEnding } from "./ending.ts";
import { encodeFrame, headOf, isNotDap, parseFrame } from "./frames.ts";
import { followList } from "./goroutineList.ts";
import { guard } from "./guard.ts";
import { harmlessly } from "./harmlessly.ts";
import { createHold } from "./hold.ts";
import { createReader } from "./meaning.ts";
import { type Asked, abilitiesOf, askedOf, errorMessage, textOf } from "./messages.ts";
import { createObserver, errorOf, isOutput, isPrinted } from "./observe.ts";
import { createPending, decides, launches, leaves } from "./pending.ts";
import { endOf, leaveDlv, planned, reachDlv, tellDropped } from "./reach.ts";
import { createLane, type Lane } from "./splice.ts";
import { createVoice, noProgress } from "./voice.ts";

/** The longest time (ms) from `configurationDone` to letting the bytes run, for a program that never stops. */
const settleMs = 10_000;
/** How long (ms) dlv may take to end by itself once it was told to, or its client is gone. */
const finishMs = 2000;
/** How long (ms) after its connection dlv's own end is waited for: it says more than a closed socket. */
const deathMs = 250;
/** Delve reads nothing while it builds: so much (bytes) may wait for it before the client is not read on. */
const patience = 8 * 1024 * 1024;

/**
 * waiting for the first request; starting dlv; joined to it; refused: dlv failed the launch and still reads; over: the
 * launch is, and bytes run; dead: dlv is gone or going, and only we answer.
 */
type State = "waiting" | "starting" | "joined" | "refused" | "over" | "dead";

/** Serves one DAP client: finds dlv, watches the launch, answers where dlv cannot, then lets the bytes run. */
export function proxyConnection(client: Duplex, options: ProxyOptions): ProxyConnection {
  const { record, keepAliveMs } = options;
  const observer = createObserver();
  const voice = createVoice(client, observer, record);
  const ending = createEnding(client);
  const pending = createPending();
  const timer = createTimer();
  const over = deferred<void>();
  const leaving = deferred<void>();
  let state: State = "waiting";
  let reason = "";
  let can = { progress: false, terminal: false };
  let left = false;
  let started: Promise<void> = Promise.resolve();
  let reach: Reach | undefined;
  let fromDlv: Lane | undefined;
  let followFrames = true;
  let read: ReturnType<typeof createReader>;

  const held = createHold((bytes) => {
    if (state !== "dead") fromClient.send(bytes);
  });
  const busy = () =>
    state === "waiting" || state === "starting" || (state === "joined" && pending.launching());
  const kill = () => started.then(() => reach?.kill());

  const endLaunch = (next: State) => {
    state = next;
    timer.clear();
    voice.endProgress();
    over.resolve();
  };
  const refuse = (asked: Asked, showUser: boolean) => {
    const shown = showUser && decides(asked.command);
    const error = errorMessage(reason, shown);
    voice.refuse(asked, shown ? (options.decorate?.(error, asked.command) ?? error) : error);
  };
  const die = (why: string, showUser: boolean) => {
    reason = why;
    for (const asked of pending.takeAll()) {
      if (leaves(asked.command)) voice.answer(asked);
      else refuse(asked, showUser);
    }
    endLaunch("dead");
    voice.event("terminated");
    ending.begin(kill, true);
  };
  const fail = (why: string) => {
    if (state === "dead" || state === "over") return;
    voice.print("console", `${why}\n`);
    die(why, true);
  };
  const cancel = (by: string) => {
    if (state === "dead" || state === "over") return;
    record({ kind: "cancelled", by });
    die("the launch was cancelled", false);
  };
  const letRun = () => {
    held.release();
    fromDlv?.splice(followFrames);
    fromClient.splice(false);
  };
  const launchOver = (atStop = false) => {
    if (state !== "joined") return;
    endLaunch("over");
    if (can.progress) voice.event("capabilities", { capabilities: { supportsCancelRequest: false } });
    if (atStop) followList(fromDlv, fromClient, record, letRun);
    else letRun();
  };

  /** Answers what dlv cannot answer or should not hear; false where the request is dlv's. */
  const answered = (asked: Asked, args: Config): boolean => {
    const { command } = asked;
    if (command === "cancel") {
      voice.answer(asked);
      if (voice.isProgress(args["progressId"]) || pending.launching(args["requestId"] ?? "none"))
        cancel(command);
      return true;
    }
    if (leaves(command)) {
      left = true;
      leaving.resolve();
      if (!busy() && state !== "dead") {
        timer.set(finishMs, () => cancel(`${command}, which dlv did not answer`));
        return false;
      }
      voice.answer(asked);
      cancel(command);
      return true;
    }
    if (state !== "dead" && state !== "refused") return false;
    refuse(asked, state === "dead");
    return true;
  };
  const bypass = (because: string) => record({ kind: "bypassed", because });
  const onClient = harmlessly((frame) => {
    const message = parseFrame(frame);
    if (message === undefined) return "forward";
    if (message["type"] === "response") {
      // Delve answers a response with an error (service/dap/server.go, handleRequest). All of them are for us.
      voice.answered(message);
      return "swallow";
    }
    for (const happening of observer.fromClient(message)) record(happening);
    const asked = askedOf(message);
    const args = recordOf(message["arguments"]);
    if (answered(asked, args)) return "swallow";
    pending.add(asked);
    if (launches(asked.command)) options.asked?.(asked.command, args);
    if (state === "waiting") {
      can = abilitiesOf(args);
      state = "starting";
      started = start();
    }
    if (asked.command !== "launch" || options.prepare === undefined) return "forward";
    return held.begin(message, frame, options.prepare(args));
  }, bypass);

  const onDlv = harmlessly((frame) => {
    if (observer.full() && isOutput(headOf(frame))) return "forward";
    const message = parseFrame(frame);
    if (message === undefined) return "forward";
    // golang.go keeps reverse requests of dlv from the client too: dlv cannot read the answer.
    if (message["type"] === "request") return "swallow";
    const asked = message["type"] === "response" ? pending.answered(message["request_seq"]) : undefined;
    const { told, launch } = read(message, asked);
    for (const happening of observer.toClient(told)) record(happening);
    if (launch === "over") launchOver(told["event"] === "stopped");
    else if (launch === "settles") timer.set(settleMs, () => launchOver());
    else if (launch === "failed") {
      reason = errorOf(told).text;
      endLaunch("refused");
    }
    return told === message ? "forward" : encodeFrame(told);
  }, bypass);
  const onDlvEnd = async (error?: Error) => {
    const death = isNotDap(error) ? undefined : await Promise.race([reach?.died, sleep(deathMs)]);
    if (state === "dead") return;
    const dropped = left ? undefined : tellDropped(reach, error, record);
    leaving.resolve();
    if (state === "over" || left) {
      timer.clear();
      const bad = death?.normal === false ? death.text : dropped;
      if (bad !== undefined) {
        voice.print("console", `${bad}\n`);
        voice.event("terminated");
      }
      ending.begin(async () => reach?.finish(finishMs), false);
      return;
    }
    const because = endOf(death ?? undefined, error);
    record({ kind: "lost", side: "dlv", because });
    fail(because);
  };

  const start = async () => {
    try {
      const plan = await planned(options, can.terminal);
      if (state !== "starting") return;
      followFrames = plan.kind !== "terminal";
      const listeners = { record, print: voice.print, full: voice.full };
      reach = await (options.reach?.(plan, listeners) ?? reachDlv(plan, listeners, voice.ask, keepAliveMs));
      reach.socket.then(join, (error) => fail(textOf(error)));
    } catch (error) {
      fail(textOf(error));
    }
  };
  const join = (socket: Duplex) => {
    if (state !== "starting") {
      socket.destroy();
      return;
    }
    state = "joined";
    read = createReader({ offersCancel: can.progress, decorate: options.decorate });
    const passes = (chunk: Buffer, bodyAt: number) => observer.full() && isPrinted(chunk, bodyAt);
    const source = reach?.ours ? socket : guard(socket);
    fromDlv = createLane({ source, sink: client, onFrame: onDlv, passes, onEnd: onDlvEnd });
    voice.through(fromDlv);
    fromClient.join(socket);
  };
  const onClientEnd = (error?: Error) => {
    if (isNotDap(error)) {
      fail(`the client sent what is ${error?.message}`);
      return;
    }
    ending.clientClosed();
    leaving.resolve();
    left = true;
    if (!busy()) {
      if (state !== "over") endLaunch("over");
      ending.begin(async () => leaveDlv(reach, finishMs), false);
      return;
    }
    record({ kind: "lost", side: "client", because: error?.message ?? "the client closed the connection" });
    endLaunch("dead");
    ending.begin(kill, false);
  };
  const fromClient = createLane({ source: client, patience, onFrame: onClient, onEnd: onClientEnd });

  return {
    done: ending.done,
    over: over.promise,
    leaving: leaving.promise,
    pid: () => reach?.pid(),
    sampled: (sample) => reach?.sampled?.(sample),
    progress: (id, title) =>
      can.progress && (state === "starting" || state === "joined") ? voice.progress(id, title) : noProgress,
    print: voice.print,
    cancel,
    launchOver: () => launchOver(),
    close: () => client.destroy(),
  };
}
