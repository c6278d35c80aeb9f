import type { DapError, Happening } from "../core/event.ts";

/** How much (characters) is kept of one output event, and of all of them. */
const outputCap = 8 * 1024;
const outputsCap = 64 * 1024;

/** The events that a timeline is made of; the others say nothing about a launch. */
const told = new Set(["initialized", "process", "stopped", "terminated", "exited"]);

type Message = Readonly<Record<string, unknown>>;

/** Turns DAP messages into happenings. Remembers what was asked about breakpoints until it is answered. */
export interface Observer {
  fromClient(message: Message): Happening[];
  /** Also for what we say to the client in dlv's place: the log holds what the client was told. */
  toClient(message: Message): Happening[];
  /** True when no more output is told, so that none needs to be looked at; build errors excepted. */
  full(): boolean;
}

export function createObserver(): Observer {
  const places = new Map<number, readonly string[]>();
  let room = outputsCap;

  const breakpoints = (message: Message): Happening[] => {
    const seq = numberOf(message["request_seq"]);
    const at = places.get(seq) ?? [];
    places.delete(seq);
    return listOf(recordOf(message["body"])["breakpoints"]).flatMap((item, index) => {
      const place = at[index];
      if (place === undefined) return [];
      const said = recordOf(item)["message"];
      const verified = recordOf(item)["verified"] === true;
      return [
        { kind: "breakpoint", at: place, verified, ...(typeof said === "string" && { message: said }) },
      ];
    });
  };
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
    };
    return [answered, ...breakpoints(message)];
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
      if (command === "setBreakpoints" || command === "setFunctionBreakpoints")
        places.set(seq, placesOf(recordOf(message["arguments"])));
      return [{ kind: "request", command, seq }];
    },
    toClient(message) {
      if (message["type"] === "response") return response(message);
      if (message["type"] !== "event") return [];
      const event = textOf(message["event"]);
      const body = recordOf(message["body"]);
      if (event === "output") return output(body);
      if (!told.has(event)) return [];
      const reason = body["reason"];
      return [{ kind: "event", event, ...(typeof reason === "string" && { reason }) }];
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
  const format = textOf(error["format"]) || textOf(response["message"]) || "no reason given";
  const text = format.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = variables[name];
    return typeof value === "string" ? value : whole;
  });
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

function placesOf(args: Message): string[] {
  const file = textOf(recordOf(args["source"])["path"]) || textOf(recordOf(args["source"])["name"]);
  const asked = listOf(args["breakpoints"]).length > 0 ? args["breakpoints"] : args["lines"];
  return listOf(asked).map((item) => {
    const { name, line } = recordOf(item);
    return typeof name === "string" ? name : `${file}:${typeof item === "number" ? item : numberOf(line)}`;
  });
}

/** A JSON value as an object; an empty one where it is something else. */
export function recordOf(value: unknown): Message {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Message) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
