import type { Config } from "./config.ts";
import type { HostName } from "./host.ts";
import type { LinkHappening } from "./link.ts";
import type { Sample } from "./process.ts";

/** What a DAP error response says: `body.error` of the protocol. */
export interface DapError {
  readonly id?: number;
  /** Delve puts the details here and only a summary into `message`. */
  readonly text: string;
  readonly showUser?: boolean;
}

/** The launch as it was asked for. `config` is redacted before it is recorded. */
export interface Asked {
  readonly name: string;
  readonly request: "launch" | "attach";
  readonly mode: string;
  readonly config: Config;
}

/** What happened. Delve's and the program's own texts are recorded capped and redacted. */
export type Happening =
  | {
      readonly kind: "asked";
      readonly log: 1;
      /** What the clock on the wall said when `t` was 0, to the millisecond (ISO 8601). */
      readonly time: string;
      readonly host: HostName;
      readonly launch: Asked;
    }
  | { readonly kind: "spawned"; readonly pid: number; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly kind: "spawn-failed"; readonly errno: string; readonly text: string }
  | { readonly kind: "listening"; readonly address: string }
  /** We wait at this address for a dlv in a terminal to dial back. */
  | { readonly kind: "awaiting"; readonly address: string }
  | { readonly kind: "said"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | {
      readonly kind: "exited";
      readonly code: number | null;
      readonly signal: string | null;
      /** We ended it: at the session's end, or because the launch was cancelled. */
      readonly ours?: true;
    }
  | { readonly kind: "connected"; readonly address: string }
  | { readonly kind: "request"; readonly command: string; readonly seq: number }
  | {
      readonly kind: "response";
      readonly command: string;
      readonly seq: number;
      readonly success: boolean;
      readonly error?: DapError;
      /** Of `threads`: how many goroutines the answer lists. */
      readonly count?: number;
    }
  | {
      readonly kind: "event";
      readonly event: string;
      readonly reason?: string;
      /** Of `exited`: Delve gives the negative number of the signal where one ended the program. */
      readonly exitCode?: number;
    }
  | { readonly kind: "output"; readonly category: string; readonly text: string }
  | {
      readonly kind: "breakpoint";
      readonly at: string;
      readonly verified: boolean;
      readonly message?: string;
      /** The editor has taken it back. */
      readonly gone?: true;
    }
  | { readonly kind: "sample"; readonly sample: Sample }
  | { readonly kind: "packages"; readonly done: number; readonly total: number }
  | { readonly kind: "cancelled"; readonly by: string }
  | { readonly kind: "lost"; readonly side: "client" | "dlv"; readonly because: string }
  | { readonly kind: "bypassed"; readonly because: string }
  | LinkHappening;

/** One line of the append-only log. `t` is in ms since the launch was asked for, from a monotonic clock. */
export type LaunchEvent = Happening & { readonly t: number };

/** One event as one line of JSON, newline included. */
export function encode(event: LaunchEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/**
 * Reads a log back. A last line without its newline was being written when the process ended; it is left out.
 * Throws with the line's number where any other line is not an event.
 */
export function decode(log: string): LaunchEvent[] {
  const lines = log.split("\n");
  lines.pop();
  return lines.map((line, index) => {
    try {
      const event: unknown = JSON.parse(line);
      if (isEvent(event)) return event;
    } catch {
      // Reported below, in the same words as a line of another shape.
    }
    throw new Error(`line ${index + 1} of the launch log is not an event`);
  });
}

function isEvent(value: unknown): value is LaunchEvent {
  return typeof value === "object" && value !== null && "t" in value && "kind" in value;
}
