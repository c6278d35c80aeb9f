import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Config } from "../core/config.ts";
import type { Happening } from "../core/event.ts";
import { deferred } from "./deferred.ts";
import { encodeFrame, type Frame, parseFrame } from "./frames.ts";
import { type Asked, errorMessage } from "./messages.ts";
import { createObserver, errorOf, recordOf } from "./observe.ts";
import type { DlvPlan } from "./plan.ts";
import { type Reach, reachDlv } from "./reach.ts";
import { createLane, type Lane, type Verdict } from "./splice.ts";
import { type Category, createVoice, type Progress } from "./voice.ts";

/** The longest time (ms) from `configurationDone` to letting the bytes run, for a program that never stops. */
const settleMs = 10_000;
/** How long (ms) dlv may take to end by itself, and a client to close first. */
const finishMs = 2000;
const clientLastMs = 2000;
/** How long (ms) after its connection dlv's own end is waited for: it says more than a closed socket. */
const deathMs = 250;
/** Delve reads nothing while it builds: so much (bytes) may wait for it before the client is not read on. */
const clientPatience = 8 * 1024 * 1024;

/** What a connection needs from whoever runs it. */
export interface ProxyOptions {
  /** How to reach dlv. Asked once, at the client's first request. What it throws is told to the client. */
  plan(): DlvPlan | Promise<DlvPlan>;
  /** Hears everything, in order. Texts and argv are as they came: redact before keeping them. */
  record(happening: Happening): void;
  /** May change the error of a failed initialize, launch or attach (`url`, `urlLabel`). Not asked about a cancel. */
  decorate?(error: DebugProtocol.Message, command: string): DebugProtocol.Message;
  /** Hears the arguments of `launch` or `attach` before dlv does. */
  asked?(command: "launch" | "attach", args: Config): void;
}

/** One client, from its first byte to its last. */
export interface ProxyConnection {
  /** Resolves when the client is gone and nothing of dlv is left. Never rejects. */
  readonly done: Promise<void>;
  /** Resolves when the launch is over, well or badly. */
  readonly over: Promise<void>;
  /** Resolves when the client asked to disconnect, or is gone: the next client may come. */
  readonly leaving: Promise<void>;
  /** dlv's pid, once there is one on this machine. */
  pid(): number | undefined;
  /** Starts progress with a Cancel button. Nothing is shown by a client that cannot, nor once the launch is over. */
  progress(id: string, title: string): Progress;
  /** Prints in the client's debug console. */
  print(category: Category, text: string): void;
  /** Ends the launch: answers it, ends progress, kills dlv's tree. Does nothing when the launch is over. */
  cancel(why: string): void;
  /** Says that the launch is over, where its owner knows before the first `stopped`. */
  launchOver(): void;
  /** Ends the session whatever it is doing, as if the client had closed. */
  close(): void;
}

/**
 * waiting for the first request; starting dlv; joined to it; dlv refused the launch (it still reads); the launch is
 * over and bytes run; dead: dlv is gone or going and only we answer.
 */
type State = "waiting" | "starting" | "joined" | "refused" | "over" | "dead";

const launches = (command: string | undefined) => command === "launch" || command === "attach";
const decides = (command: string) => command === "initialize" || launches(command);

/** Serves one DAP client: finds dlv, watches the launch, answers where dlv cannot, then lets the bytes run. */
export function proxyConnection(client: Duplex, options: ProxyOptions): ProxyConnection {
  const { record } = options;
  const observer = createObserver();
  const voice = createVoice(client, observer, record);
  const closed = deferred<void>();
  const done = deferred<void>();
  const over = deferred<void>();
  const leaving = deferred<void>();
  const pending = new Map<number, Asked>();
  let state: State = "waiting";
  let reason = "";
  let can = { progress: false, terminal: false };
  let left = false;
  let started: Promise<void> = Promise.resolve();
  let reach: Reach | undefined;
  let fromDlv: Lane | undefined;
  let follow = true;
  let initialized = false;
  let settle: NodeJS.Timeout | undefined;
  let ending = false;

  const launching = () => [...pending.values()].some(({ command }) => launches(command));
  const busy = () => state === "waiting" || state === "starting" || (state === "joined" && launching());
  const finishLaunch = (next: State) => {
    state = next;
    clearTimeout(settle);
    voice.endProgress();
    over.resolve();
  };
  const refuse = (asked: Asked, text: string, showUser: boolean) => {
    const shown = showUser && decides(asked.command);
    const error = errorMessage(text, shown);
    voice.refuse(asked, shown ? (options.decorate?.(error, asked.command) ?? error) : error);
  };
  const refuseAll = (showUser: boolean) => {
    for (const asked of pending.values()) refuse(asked, reason, showUser);
    pending.clear();
  };
  const kill = async () => {
    await started;
    await reach?.kill();
    const socket = await Promise.race([reach?.socket.catch(() => undefined), sleep(0)]);
    socket?.destroy();
  };
  /** Ends all: dlv first, then the client's connection, which the client may close itself. */
  const end = (cleanUp: () => Promise<void>, patience: number) => {
    if (ending) return;
    ending = true;
    void cleanUp()
      .catch(() => {})
      .then(() => Promise.race([closed.promise, sleep(patience)]))
      .then(() => {
        client.end();
        return Promise.race([closed.promise, sleep(clientLastMs)]);
      })
      .then(() => {
        client.destroy();
        over.resolve();
        leaving.resolve();
        done.resolve();
      });
  };
  const fail = (text: string) => {
    if (state === "dead" || state === "over") return;
    reason = text;
    const told = state === "refused";
    if (!told) voice.print("console", `${text}\n`);
    refuseAll(true);
    finishLaunch("dead");
    voice.event("terminated");
    end(kill, clientLastMs);
  };
  const cancel = (why: string) => {
    if (state === "dead" || state === "over") return;
    reason = "the launch was cancelled";
    record({ kind: "cancelled", by: why });
    refuseAll(false);
    finishLaunch("dead");
    voice.event("terminated");
    end(kill, clientLastMs);
  };
  const launchOver = () => {
    if (state !== "joined") return;
    finishLaunch("over");
    if (can.progress) voice.event("capabilities", { capabilities: { supportsCancelRequest: false } });
    fromDlv?.splice(follow);
    fromClient.splice(false);
  };

  const onRequest = (asked: Asked, args: Config): Verdict => {
    const { command, seq } = asked;
    if (command === "cancel") {
      voice.answer(asked);
      if (voice.isProgress(args["progressId"]) || launches(pending.get(Number(args["requestId"]))?.command))
        cancel("cancel");
      return "swallow";
    }
    if (command === "disconnect" || command === "terminate") {
      left = true;
      leaving.resolve();
      if (busy() || state === "dead") {
        voice.answer(asked);
        cancel(command);
        return "swallow";
      }
    } else if (state === "dead" || state === "refused") {
      refuse(asked, reason, false);
      return "swallow";
    }
    pending.set(seq, asked);
    if (command === "launch" || command === "attach") options.asked?.(command, args);
    if (state === "waiting") {
      can = {
        progress: args["supportsProgressReporting"] === true,
        terminal: args["supportsRunInTerminalRequest"] === true,
      };
      state = "starting";
      started = start();
    }
    return "forward";
  };
  const onClient = (frame: Frame): Verdict => {
    const message = parseFrame(frame);
    if (message === undefined) return "forward";
    if (message["type"] === "response") {
      // Delve answers a response with an error (service/dap/server.go, handleRequest): these are all ours.
      voice.answered(message);
      return "swallow";
    }
    for (const happening of observer.fromClient(message)) record(happening);
    const asked = { seq: Number(message["seq"]), command: String(message["command"]) };
    return onRequest(asked, recordOf(message["arguments"]));
  };

  const onResponse = (message: Config): Config => {
    const command = String(message["command"]);
    pending.delete(Number(message["request_seq"]));
    const body = recordOf(message["body"]);
    if (message["success"] !== true) {
      if (launches(command)) {
        reason = errorOf(message).text;
        finishLaunch("refused");
      }
      const error = body["error"] as DebugProtocol.Message | undefined;
      if (!decides(command) || error === undefined || options.decorate === undefined) return message;
      return { ...message, body: { ...body, error: options.decorate(error, command) } };
    }
    // A noDebug launch sends no `initialized`: its response is the last that is to come.
    if (command === "configurationDone" || (launches(command) && !initialized)) {
      clearTimeout(settle);
      settle = setTimeout(launchOver, settleMs);
      settle.unref();
    }
    // VS Code shows Cancel for our progress only to an adapter that takes cancel requests. Delve does not.
    if (command !== "initialize" || !can.progress) return message;
    return { ...message, body: { ...body, supportsCancelRequest: true } };
  };
  const onDlv = (frame: Frame): Verdict => {
    const message = parseFrame(frame);
    if (message === undefined) return "forward";
    if (message["type"] === "request") return "swallow";
    const told = message["type"] === "response" ? onResponse(message) : message;
    for (const happening of observer.toClient(told)) record(happening);
    if (["stopped", "terminated", "exited"].includes(String(told["event"]))) launchOver();
    initialized ||= told["event"] === "initialized";
    return told === message ? "forward" : encodeFrame(told);
  };

  const onDlvEnd = async (error?: Error) => {
    if (state === "dead") return;
    const death = await Promise.race([reach?.died, sleep(deathMs)]);
    if (state === "over" || left) {
      if (death?.normal === false) {
        voice.print("console", `${death.text}\n`);
        voice.event("terminated");
      }
      end(async () => reach?.finish(finishMs), 0);
      return;
    }
    const because = error?.message.startsWith("not a DAP")
      ? `dlv sent what is ${error.message}`
      : (death?.text ?? "Delve closed the connection");
    record({ kind: "lost", side: "dlv", because });
    fail(because);
  };
  const join = (socket: Duplex) => {
    const lane = createLane({
      source: socket,
      sink: client,
      onFrame: onDlv,
      onEnd: (error) => void onDlvEnd(error),
    });
    fromDlv = lane;
    voice.through(lane);
    state = "joined";
    fromClient.join(socket);
  };
  const start = async () => {
    try {
      const plan = await planned(options);
      if (plan.kind === "terminal" && !can.terminal)
        throw new Error(
          "this client opens no terminals, which the configuration asks for with console or asRoot",
        );
      follow = plan.kind === "spawn";
      reach = await reachDlv(plan, { record, print: voice.print }, voice.ask);
    } catch (error) {
      fail(errorText(error));
      return;
    }
    void joinWhenThere(reach);
  };
  const joinWhenThere = async ({ socket }: Reach) => {
    try {
      const there = await socket;
      if (state === "starting") join(there);
      else there.destroy();
    } catch (error) {
      fail(errorText(error));
    }
  };
  const onClientEnd = (error?: Error) => {
    if (error?.message.startsWith("not a DAP")) return fail(`the client sent what is ${error.message}`);
    closed.resolve();
    leaving.resolve();
    if (busy()) {
      record({ kind: "lost", side: "client", because: error?.message ?? "the client closed the connection" });
      finishLaunch("dead");
      end(kill, 0);
      return;
    }
    const finish = async () => {
      const socket = await reach?.socket.catch(() => undefined);
      socket?.end();
      await reach?.finish(finishMs);
      socket?.destroy();
    };
    left = true;
    end(finish, 0);
  };
  const fromClient = createLane({
    source: client,
    patience: clientPatience,
    onFrame: onClient,
    onEnd: onClientEnd,
  });

  return {
    done: done.promise,
    over: over.promise,
    leaving: leaving.promise,
    pid: () => reach?.pid(),
    progress: (id, title) =>
      can.progress && (state === "starting" || state === "joined") ? voice.progress(id, title) : noProgress,
    print: (category, text) => void voice.print(category, text),
    cancel,
    launchOver,
    close: () => client.destroy(),
  };
}

const noProgress: Progress = { update: () => {}, end: () => {} };

/** A plan that cannot be made fails the launch as a dlv that cannot be started does. */
async function planned({ plan, record }: ProxyOptions): Promise<DlvPlan> {
  try {
    return await plan();
  } catch (error) {
    record({ kind: "spawn-failed", errno: "EINVAL", text: errorText(error) });
    throw error;
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
