import type { Duplex } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Config } from "../core/config.ts";
import type { Happening } from "../core/event.ts";
import type { Dropped } from "../core/link.ts";
import type { Sample } from "../core/process.ts";
import type { Death, DlvListeners } from "./dlv.ts";
import type { DlvPlan } from "./plan.ts";
import type { Category, Progress } from "./voice.ts";

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
  /** May change the arguments of `launch` before dlv hears them, and take its time. What it throws changes nothing. */
  prepare?(args: Config): Promise<Config>;
  /** Goes to a dlv that is not on this machine; absent for this one. Rejects with one line. */
  reach?(plan: DlvPlan, listeners: DlvListeners): Promise<Reach>;
  /** How often (ms) a silent connection to a dlv that is not ours is kept alive; 20,000 when not said, 0 is never. */
  readonly keepAliveMs?: number;
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
  /** Takes a sample of dlv's tree, for the files that are to be removed with it. */
  sampled(sample: Sample): void;
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

/** A dlv that is on its way. It can be killed at any time, connected or not. */
export interface Reach {
  /** The connection. Rejects with one line that says why there will be none. */
  readonly socket: Promise<Duplex>;
  /** Resolves once dlv is gone; never for a dlv that is not ours. */
  readonly died: Promise<Death>;
  pid(): number | undefined;
  /** True for a dlv that this machine has started: what it says is not filtered (guard.ts). */
  readonly ours?: true;
  /** How the connection to a dlv that is not ours ended, asked when it has; undefined where the client wanted it so. */
  dropped?(error?: Error): Dropped | undefined;
  /** Hears what a sample shows of a dlv that we have started: what it builds, and where. */
  sampled?(sample: Sample): void;
  kill(): Promise<void>;
  /** After a normal end: dlv may take `ms` to go by itself. */
  finish(ms: number): Promise<void>;
}
