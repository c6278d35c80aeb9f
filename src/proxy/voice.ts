import type { Duplex } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Config } from "../core/config.ts";
import type { Happening } from "../core/event.ts";
import { numberOf } from "../core/json.ts";
import { type Deferred, deferred } from "./deferred.ts";
import { encodeFrame } from "./frames.ts";
import { type Asked, createSpeaker } from "./messages.ts";
import type { Observer } from "./observe.ts";
import type { Lane } from "./splice.ts";

/** dlv's output is not read on while more than this (bytes) waits for the client. */
const backlog = 256 * 1024;

/** One piece of progress on the client's screen. Percentages are 0 to 100. Calls after its end do nothing. */
export interface Progress {
  update(message: string, percentage?: number): void;
  end(): void;
}

/** Progress that nobody sees. */
export const noProgress: Progress = { update: () => {}, end: () => {} };

/** The categories of DAP's output event; `important` makes a toast in VS Code. */
export type Category = "console" | "important" | "stdout" | "stderr";

/** What we say to the client in our own name. Everything said is recorded, as what dlv says is. */
export interface Voice {
  event(event: string, body?: object): void;
  answer(to: Asked): void;
  refuse(to: Asked, error: DebugProtocol.Message): void;
  /**
   * Prints in the debug console, before initialize is answered too: DAP wants no events until then, but what dlv prints
   * in a start that hangs must be seen while it hangs, and a pipe that is not read would hang it for good.
   */
  print(category: Category, text: string): void;
  /** While the client is slow, a promise: what can wait should wait for it. */
  full(): Promise<void> | undefined;
  /** Sends a reverse request; undefined when the client is gone before it answers. */
  ask(command: string, args: object): Promise<DebugProtocol.Response | undefined>;
  /** Hands the client's response to whoever asked. */
  answered(response: Config): void;
  progress(id: string, title: string): Progress;
  isProgress(id: unknown): boolean;
  endProgress(): void;
  /** From now on messages go into this lane, between the messages of dlv. */
  through(lane: Lane): void;
}

export function createVoice(
  client: Duplex,
  observer: Observer,
  record: (happening: Happening) => void,
): Voice {
  const speaker = createSpeaker();
  const asking = new Map<number, (answer: DebugProtocol.Response | undefined) => void>();
  const progresses = new Set<string>();
  let lane: Lane | undefined;

  const write = (message: object) => {
    const bytes = encodeFrame(message);
    if (lane !== undefined) lane.send(bytes);
    else if (client.writable) client.write(bytes);
  };
  const say = (message: DebugProtocol.ProtocolMessage) => {
    for (const happening of observer.toClient({ ...message })) record(happening);
    write(message);
  };
  const waiting = () => lane?.waiting() ?? client.writableLength;
  let draining: Deferred<void> | undefined;
  const drained = () => {
    draining ??= deferred();
    return draining.promise;
  };
  const look = () => {
    if (client.writable && waiting() > backlog / 2) return;
    draining?.resolve();
    draining = undefined;
  };
  const event = (name: string, body?: object) => say(speaker.event(name, body));

  client.on("drain", look);
  client.once("close", () => {
    look();
    for (const resolve of asking.values()) resolve(undefined);
  });

  return {
    event,
    answer: (to) => say(speaker.answer(to)),
    refuse: (to, error) => say(speaker.refuse(to, error)),
    print: (category, output) => event("output", { category, output }),
    full: () => (client.writable && waiting() > backlog ? drained() : undefined),
    ask(command, args) {
      const request = speaker.ask(command, args);
      write(request);
      return new Promise((resolve) => asking.set(request.seq, resolve));
    },
    answered(response) {
      const seq = numberOf(response["request_seq"]);
      asking.get(seq)?.(response as unknown as DebugProtocol.Response);
      asking.delete(seq);
    },
    progress(progressId, title) {
      progresses.add(progressId);
      event("progressStart", { progressId, title, cancellable: true });
      return {
        update(message, percentage) {
          if (!progresses.has(progressId)) return;
          event("progressUpdate", { progressId, message, ...(percentage !== undefined && { percentage }) });
        },
        end() {
          if (progresses.delete(progressId)) event("progressEnd", { progressId });
        },
      };
    },
    isProgress: (id) => typeof id === "string" && progresses.has(id),
    endProgress() {
      for (const progressId of progresses) event("progressEnd", { progressId });
      progresses.clear();
    },
    through(to) {
      lane = to;
    },
  };
}
