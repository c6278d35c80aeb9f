import { Event, Response } from "@vscode/debugadapter/lib/messages.js";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Config } from "../core/config.ts";
import { numberOf, recordOf, textOf as stringOf } from "../core/json.ts";

/** The id of an error that the proxy itself answers with. Delve's ids end at 9999 (service/dap/error_ids.go). */
const proxyErrorId = 11_000;

/** The parts of a request that an answer needs. */
export interface Asked {
  readonly seq: number;
  readonly command: string;
}

/** What is asked in a request. Numbers and texts only: String() of a JSON object may throw. */
export function askedOf(request: Config): Asked {
  return { seq: numberOf(request["seq"]), command: stringOf(request["command"]) };
}

/** What a client says in its initialize request that it can do. */
export function abilitiesOf(args: Config): { readonly progress: boolean; readonly terminal: boolean } {
  const has = (feature: string) => args[feature] === true;
  return { progress: has("supportsProgressReporting"), terminal: has("supportsRunInTerminalRequest") };
}

/** Makes the messages that we say in our own name; `seq` counts them, as DAP asks of each sender. */
export interface Speaker {
  answer(to: Asked, body?: object): DebugProtocol.Response;
  refuse(to: Asked, error: DebugProtocol.Message): DebugProtocol.ErrorResponse;
  event(event: string, body?: object): DebugProtocol.Event;
  ask(command: string, args: object): DebugProtocol.Request;
}

export function createSpeaker(): Speaker {
  let count = 0;
  const numbered = <M extends DebugProtocol.ProtocolMessage, B extends object>(
    message: M,
    more: B,
  ): M & B => {
    count += 1;
    return { ...message, seq: count, ...more };
  };
  const response = (to: Asked, failure?: string) => new Response({ ...to, type: "request" }, failure);
  return {
    answer: (to, body) => numbered(response(to), body ? { body } : {}),
    refuse: (to, error) => numbered(response(to, error.format || "no reason given"), { body: { error } }),
    event: (event, body) => numbered(new Event(event, body), {}),
    ask: (command, args) => numbered({ seq: 0, type: "request", command }, { arguments: args }),
  };
}

/** An error in DAP's shape. Braces would be taken for placeholders, so the text goes in as a variable. */
export function errorMessage(text: string, showUser: boolean): DebugProtocol.Message {
  if (!/[{}]/.test(text)) return { id: proxyErrorId, format: text, showUser };
  return { id: proxyErrorId, format: "{text}", variables: { text }, showUser };
}

/**
 * Delve's answer to initialize with cancel requests added: VS Code shows Cancel for our progress only then. Delve does
 * not take them, so they are withdrawn when the bytes run. Delve's own `restart` (1.26 and newer) is not offered: it
 * would build again when nobody looks at messages any more, without a timeline, a Cancel or an answer to disconnect.
 * VS Code then disconnects and connects anew, which is a launch like the first.
 */
export function offerCancel(response: Config): Config {
  const body = { ...recordOf(response["body"]), supportsCancelRequest: true, supportsRestartRequest: false };
  return { ...response, body };
}

/** A failed response with its error changed; the same response where it has no error in DAP's shape. */
export function withError(
  response: Config,
  change: (error: DebugProtocol.Message) => DebugProtocol.Message,
): Config {
  const body = recordOf(response["body"]);
  if (typeof recordOf(body["error"])["format"] !== "string") return response;
  return { ...response, body: { ...body, error: change(body["error"] as DebugProtocol.Message) } };
}

/** Whatever was thrown, in words. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
