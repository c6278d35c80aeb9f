import type { DapError, Happening } from "../core/event.ts";
import { listOf, type Message, numberOf, recordOf, textOf } from "../core/json.ts";
import { createBreakpoints } from "./breakpoints.ts";
import { isDigit } from "./frames.ts";

/** How much (characters) is kept of one output event, and of all of them. */
const outputCap = 8 * 1024;
const outputsCap = 64 * 1024;

/** How much (characters) is kept of an error: what Delve says of one is a few lines. */
const errorCap = 8 * 1024;

/** How many messages of dlv's are told of one launch. One that fills a log does it with more. */
const messagesCap = 20_000;

/** The events that a timeline is made of; the others say nothing about a launch. */
const told = new Set(["initialized", "process", "stopped", "terminated", "exited"]);

/** Turns DAP messages into happenings. Remembers what was asked about breakpoints until it is answered. */
export interface Observer {
  fromClient(message: Message): Happening[];
  /** Also for what we say to the client in dlv's place: the log holds what the client was told. */
  toClient(message: Message): Happening[];
  /** True when no more output is told, so that none needs to be looked at; build errors excepted. */
  full(): boolean;
}

export function createObserver(): Observer {
  const breakpoints = createBreakpoints();
  let room = outputsCap;
  let heard = 0;

  const response = (message: Message): Happening[] => {
    const command = textOf(message["command"]);
    const seq = numberOf(message["request_seq"]);
    const success = message["success"] === true;
    const answered: Happening = {
      kind: "response",
      command,
      seq,
      success,
      ...(!success && { error: errorOf(message) }),
      ...(success && command === "threads" && { count: listOf(recordOf(message["body"])["threads"]).length }),
    };
    return [answered, ...breakpoints.answered(message)];
  };
  const output = (body: Message): Happening[] => {
    const category = textOf(body["category"]) || "console";
    const whole = textOf(body["output"]);
    // A build error is what the launch failed of: it is told however much was printed before it.
    const text = whole.slice(0, whole.startsWith("Build Error:") ? outputCap : Math.min(outputCap, room));
    room = Math.max(0, room - text.length);
    return text === "" ? [] : [{ kind: "output", category, text }];
  };

  return {
    full: () => room === 0,
    fromClient(message) {
      if (message["type"] !== "request") return [];
      const command = textOf(message["command"]);
      const seq = numberOf(message["seq"]);
      breakpoints.asked(command, seq, recordOf(message["arguments"]));
      return [{ kind: "request", command, seq }];
    },
    toClient(message) {
      heard += 1;
      if (heard > messagesCap) return [];
      if (message["type"] === "response") return response(message);
      if (message["type"] !== "event") return [];
      const event = textOf(message["event"]);
      const body = recordOf(message["body"]);
      if (event === "output") return output(body);
      if (event === "breakpoint") return breakpoints.changed(body);
      if (!told.has(event)) return [];
      const { reason, exitCode } = body;
      return [
        {
          kind: "event",
          event,
          ...(typeof reason === "string" && { reason }),
          ...(event === "exited" && typeof exitCode === "number" && { exitCode }),
        },
      ];
    },
  };
}

/**
 * What a failed response says. Delve puts the details into `body.error.format` and a summary into `message`
 * (service/dap/server.go, sendErrorResponseWithOpts); placeholders are filled in as DAP's Message asks.
 */
export function errorOf(response: Message): DapError {
  const error = recordOf(recordOf(response["body"])["error"]);
  const variables = recordOf(error["variables"]);
  const format = (textOf(error["format"]) || textOf(response["message"]) || "no reason given").slice(
    0,
    errorCap,
  );
  const filled = format.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = variables[name];
    return typeof value === "string" ? value.slice(0, errorCap) : whole;
  });
  const text = filled.slice(0, errorCap);
  const id = error["id"];
  const showUser = error["showUser"];
  return {
    ...(typeof id === "number" && { id }),
    text,
    ...(typeof showUser === "boolean" && { showUser }),
  };
}

/**
 * True when a message that starts so is mere output. The words cannot stand inside a JSON string, where quotes are
 * escaped.
 */
export function isOutput(head: string): boolean {
  return head.includes('"event":"output"') && !head.includes("Build Error:");
}

/** How Delve begins an event of what the program prints, to the byte, around its seq; a build error is on stderr. */
const printed = Buffer.from(',"type":"event","event":"output","body":{"category":"stdout",');

/** True when the body that begins there is of mere output on stdout: told in a fraction of the time that its head takes. */
export function isPrinted(chunk: Buffer, bodyAt: number): boolean {
  let at = bodyAt + '{"seq":'.length;
  while (isDigit(chunk[at])) at += 1;
  const end = at + printed.length;
  return end <= chunk.length && printed.compare(chunk, at, end) === 0;
}
