import type { Duplex } from "node:stream";
import { say } from "../core/say.ts";
import { createFramer, encodeFrame, parseFrame } from "../proxy/frames.ts";

type Body = Readonly<Record<string, unknown>>;

/** The editor's side of one debug session, as far as a self-test plays it. */
export interface Adapter {
  /** Sends a request; the body of its answer. Rejects with Delve's own words where it is refused, or nobody is there. */
  request(command: string, args?: object): Promise<Body>;
  /** The next event of that name which nobody has taken yet. Rejects where the program or the connection ends before it. */
  event(name: "initialized" | "stopped"): Promise<Body>;
  /** What was printed, once it matches. Rejects as `event` does, but for the program's end: last words may come after it. */
  heard(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code that Delve tells in an event of its own; undefined while it has told none. */
  exitCode(): number | undefined;
  /** Resolves when the program has ended. Rejects where the connection ends before it. */
  readonly terminated: Promise<void>;
}

/** Speaks the Debug Adapter Protocol on a stream. */
export function speak(stream: Duplex): Adapter {
  const framer = createFramer();
  const answers = new Map<number, { resolve: (body: Body) => void; reject: (error: Error) => void }>();
  const events: { readonly name: string; readonly body: Body }[] = [];
  const looks = new Set<() => void>();
  let printed = "";
  let exitCode: number | undefined;
  let seq = 0;
  let end: "terminated" | "closed" | undefined;

  const changed = () => {
    for (const look of [...looks]) look();
  };
  /** Resolves with what `find` gives, now or after a later message. `find` throws where it will never come. */
  const once = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        try {
          const found = find();
          if (found === undefined) return;
          looks.delete(look);
          resolve(found);
        } catch (error) {
          looks.delete(look);
          reject(error);
        }
      };
      looks.add(look);
      look();
    });

  function handle(message: Body): void {
    const body = (message["body"] ?? {}) as Body;
    if (message["type"] === "response") {
      const answer = answers.get(Number(message["request_seq"]));
      answers.delete(Number(message["request_seq"]));
      if (message["success"] === true) answer?.resolve(body);
      else answer?.reject(new Error(wordsOf(message)));
    } else if (message["type"] === "event") {
      const name = String(message["event"]);
      if (name === "output") printed += String(body["output"] ?? "");
      else if (name === "exited") exitCode = Number(body["exitCode"]);
      else if (name === "terminated") end ??= "terminated";
      else events.push({ name, body });
    }
    changed();
  }

  const close = () => {
    end = "closed";
    for (const { reject } of answers.values()) reject(gone());
    answers.clear();
    changed();
  };
  stream.on("data", (chunk: Buffer) => {
    try {
      for (const frame of framer.push(chunk)) {
        const message = parseFrame(frame);
        if (message !== undefined) handle(message);
      }
    } catch {
      // What is no DAP is the end of the session.
      stream.destroy();
    }
  });
  stream.on("error", close).once("close", close).once("end", close);

  const terminated = once(() => {
    if (end === "closed") throw gone();
    return end === "terminated" || undefined;
  }).then(() => {});
  terminated.catch(() => {});
  return {
    terminated,
    exitCode: () => exitCode,
    request(command, args = {}) {
      if (end === "closed") return Promise.reject(gone());
      seq += 1;
      const own = seq;
      const answer = new Promise<Body>((resolve, reject) => answers.set(own, { resolve, reject }));
      stream.write(encodeFrame({ seq: own, type: "request", command, arguments: args }));
      return answer;
    },
    event: (name) =>
      once(() => {
        const at = events.findIndex((one) => one.name === name);
        if (at >= 0) return events.splice(at, 1)[0]?.body;
        if (end !== undefined) throw end === "closed" ? gone() : new Error(say`the program ended before it`);
        return undefined;
      }),
    heard: (pattern) =>
      once(() => {
        const found = pattern.exec(printed);
        if (found === null && end === "closed") throw gone();
        return found ?? undefined;
      }),
  };
}

function gone(): Error {
  return new Error(say`the debug session ended before it`);
}

/** A refused request in words: the error's own text, whose variables stand in it as {name}, else the short message. */
function wordsOf(message: Body): string {
  const error = ((message["body"] ?? {}) as Body)["error"] as Body | undefined;
  const format = error?.["format"];
  if (typeof format !== "string") return String(message["message"] ?? say`it was refused`);
  const variables = (error?.["variables"] ?? {}) as Body;
  return format.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(variables[name] ?? place));
}
