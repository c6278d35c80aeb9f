import type { Duplex } from "node:stream";
import { createFramer, encodeFrame, parseFrame } from "../proxy/frames.ts";

/** A line to stop at: the file as an absolute path, the line counted from 1. */
export interface BreakAt {
  readonly file: string;
  readonly line: number;
}

/** How far a driven launch shall go. */
export type Goal = "initialized" | "stop" | "exit";

/** What the driver plays. `requested` is the launch or attach request's arguments. */
export interface DriveOptions {
  readonly request: "launch" | "attach";
  readonly config: Readonly<Record<string, unknown>>;
  readonly breakpoints: readonly BreakAt[];
  readonly goal: Goal;
  /** Runs what `runInTerminal` asks for and answers its process id; without it such a request is refused. */
  readonly runInTerminal?: (args: Readonly<Record<string, unknown>>) => Promise<number>;
  /** Hears what dlv and the program print, as they print it. */
  readonly printed?: (text: string) => void;
}

/** How a driven launch ended. */
export type Driven = "initialized" | "stopped" | "exited" | "failed";

type Message = Readonly<Record<string, unknown>>;

/**
 * Plays the editor of one launch over a DAP stream: initialize, launch or attach, breakpoints, configurationDone, and
 * then waits for its goal. `reached` settles once; `disconnect` ends the session as an editor would, and settles when
 * the other side has closed the stream.
 */
export interface Drive {
  readonly reached: Promise<Driven>;
  readonly disconnect: () => Promise<void>;
}

/** Starts a launch on `adapter`, which speaks DAP. */
export function drive(adapter: Duplex, options: DriveOptions): Drive {
  const framer = createFramer();
  let seq = 0;
  let finish: (how: Driven) => void = () => {};
  const reached = new Promise<Driven>((resolve) => {
    finish = resolve;
  });
  const closed = new Promise<void>((resolve) => adapter.once("close", resolve).once("end", resolve));
  const request = (command: string, args: object) => {
    seq += 1;
    if (!adapter.writableEnded)
      adapter.write(encodeFrame({ seq, type: "request", command, arguments: args }));
  };

  function handle(message: Message): void {
    if (message["type"] === "event") handleEvent(String(message["event"]), message["body"]);
    else if (message["type"] === "response") handleResponse(message);
    else if (message["command"] === "runInTerminal") void openTerminal(message);
  }

  function handleEvent(event: string, body: unknown): void {
    if (event === "initialized") configure();
    else if (event === "output") options.printed?.(String((body as Message | undefined)?.["output"] ?? ""));
    else if (event === "stopped") finish("stopped");
    else if (event === "terminated") finish("exited");
  }

  function handleResponse(message: Message): void {
    const command = String(message["command"]);
    if (command === "initialize" && message["success"] === true) request(options.request, options.config);
    else if (message["success"] !== true && ["initialize", "launch", "attach"].includes(command))
      finish("failed");
    else if (command === "configurationDone" && options.goal === "initialized") finish("initialized");
    // A noDebug launch is over with its response: nothing is configured and nothing stops.
    else if (command === "launch" && options.config["noDebug"] === true && options.goal !== "exit")
      finish("initialized");
  }

  function configure(): void {
    for (const file of new Set(options.breakpoints.map((one) => one.file))) {
      const lines = options.breakpoints.filter((one) => one.file === file).map(({ line }) => ({ line }));
      request("setBreakpoints", { source: { path: file }, breakpoints: lines });
    }
    request("configurationDone", {});
  }

  async function openTerminal(message: Message): Promise<void> {
    const reply = { type: "response", request_seq: message["seq"], command: "runInTerminal" };
    try {
      if (options.runInTerminal === undefined) throw new Error("there is no terminal here");
      const processId = await options.runInTerminal(message["arguments"] as Message);
      seq += 1;
      adapter.write(encodeFrame({ seq, ...reply, success: true, body: { processId } }));
    } catch (error) {
      seq += 1;
      const text = error instanceof Error ? error.message : String(error);
      adapter.write(encodeFrame({ seq, ...reply, success: false, message: text }));
    }
  }

  adapter.on("data", (chunk: Buffer) => {
    for (const frame of framer.push(chunk)) {
      const message = parseFrame(frame);
      if (message !== undefined) handle(message);
    }
  });
  adapter.on("error", () => finish("failed"));
  void closed.then(() => finish("failed"));
  request("initialize", {
    clientID: "delve-doctor",
    adapterID: "go",
    pathFormat: "path",
    linesStartAt1: true,
    columnsStartAt1: true,
    supportsRunInTerminalRequest: options.runInTerminal !== undefined,
  });

  return {
    reached,
    async disconnect() {
      request("disconnect", { terminateDebuggee: options.request === "launch" });
      await closed;
      // The other side waits a while for its client to close first, as VS Code does.
      adapter.end();
    },
  };
}
