import { type Duplex, pipeline, type Readable, Transform } from "node:stream";
import { type Message, recordOf, textOf } from "../core/json.ts";
import { withoutLinks } from "../core/withoutLinks.ts";
import { createBoundaries, encodeFrame, parseFrame, parseLimit } from "./frames.ts";
import { notDap } from "./header.ts";
import { errorMessage } from "./messages.ts";
import { errorOf } from "./observe.ts";
import { type TopLevel, topLevel } from "./topLevel.ts";

/**
 * The events that Delve sends (service/dap/server.go), and those that describe a program as these do. Others a client acts on
 * by itself: a `progressStart` is shown with its text in a notification.
 */
const events = new Set([
  ...["initialized", "process", "thread", "stopped", "continued", "exited", "terminated"],
  ...["output", "breakpoint", "capabilities", "module", "loadedSource", "invalidated", "memory"],
]);

/** Where Delve prints. A client may make more of other categories: `important` asks for a notification, `telemetry` is sent on. */
const categories: readonly unknown[] = ["console", "stdout", "stderr"];

/**
 * Lets through what a dlv may say that this machine did not start: one on another machine, or a server that somebody else runs.
 * It is trusted to debug a program and with nothing of the client's. A request of its own (`runInTerminal`,
 * `startDebugging`) would have the editor run a program here, whatever the editor has said it can; an error's `url` may be an
 * editor's command behind a button; an error's text may hold a link to one. Delve (1.6 to 1.27) sends none of these.
 *
 * Every header block is written anew, so that no client finds other messages in the bytes than we did. A message of up to
 * 1 MB is read whole. A larger one runs through and is followed at its top level only: one that is refused ends the
 * stream, and the connection, with an Error before the client has all of it.
 */
export function guard(dlv: Duplex): Readable {
  const guarded = messageFilter();
  // Both hear of each other's end; what it was is for whoever reads.
  pipeline(dlv, guarded, () => {});
  return guarded;
}

function messageFilter(): Transform {
  const boundaries = createBoundaries();
  let pieces: Buffer[] = [];
  let size = 0;
  let following: TopLevel | undefined;

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        for (let from = 0; from < chunk.length; ) from = take(chunk, from);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  const follow = (bytes: Buffer) => {
    following?.push(bytes);
    stream.push(bytes);
  };
  const take = (chunk: Buffer, from: number): number => {
    const to = boundaries.advance(chunk, from);
    const piece = chunk.subarray(from, to);
    if (following !== undefined) {
      follow(piece);
      if (boundaries.between()) following = undefined;
      return to;
    }
    pieces.push(piece);
    size += piece.length;
    const bodyAt = boundaries.headerSize();
    if (boundaries.between()) {
      if (size > parseLimit) beginFollowing(bodyAt);
      else push(pieces, bodyAt, size);
      following = undefined;
      pieces = [];
      size = 0;
    } else if (size + boundaries.left() > parseLimit) {
      beginFollowing(bodyAt);
      pieces = [];
      size = 0;
    }
    return to;
  };
  const beginFollowing = (bodyAt: number) => {
    const body = Buffer.concat(pieces).subarray(bodyAt);
    stream.push(header(body.length + boundaries.left()));
    following = topLevel(refuseLarge);
    follow(body);
  };
  const push = (own: readonly Buffer[], bodyAt: number, whole: number) => {
    const message = parseFrame({ pieces: own, bodyAt, size: whole });
    const said = message && allowed(message);
    if (said === undefined) return;
    if (said !== message) stream.push(encodeFrame(said));
    else stream.push(Buffer.concat([header(whole - bodyAt), Buffer.concat(own).subarray(bodyAt)]));
  };
  return stream;
}

function header(length: number): Buffer {
  return Buffer.from(`Content-Length: ${length}\r\n\r\n`);
}

/** What becomes of a message: the same one, another in its place, or undefined for none. */
function allowed(message: Message): Message | undefined {
  const { type } = message;
  if (type === "response") return message["success"] === true ? message : plainFailure(message);
  if (type !== "event" || !events.has(textOf(message["event"]))) return undefined;
  const body = recordOf(message["body"]);
  if (message["event"] === "output" && !categories.includes(body["category"] ?? "console"))
    return { ...message, body: { ...body, category: "console" } };
  // A client starts such a session anew, and again, and again.
  if (message["event"] === "terminated" && "restart" in body) return { ...message, body: {} };
  return message;
}

/** A failure with its words alone. Placeholders are filled in first: a link may be in two parts. */
function plainFailure(message: Message): Message {
  const { text, ...others } = errorOf(message);
  const { id, format, variables } = errorMessage(withoutLinks(text), false);
  const said = message["message"];
  return {
    ...message,
    ...(typeof said === "string" && { message: withoutLinks(said) }),
    body: { error: { id, format, ...(variables && { variables }), ...others } },
  };
}

function refuseLarge(name: string, value: string | boolean): void {
  const refused =
    (name === "type" && value !== "response" && value !== "event") ||
    (name === "event" && !events.has(String(value))) ||
    (name === "success" && value === false);
  if (refused) throw notDap(`one of more than ${parseLimit} bytes with ${name} ${JSON.stringify(value)}`);
}
