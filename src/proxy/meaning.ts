import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Config } from "../core/config.ts";
import { textOf } from "../core/json.ts";
import { offerCancel, withError } from "./messages.ts";
import { decides, launches } from "./pending.ts";

/** What a message of dlv's comes to: what the client is told, and what it means for the launch. */
export interface Meaning {
  /** The very message where nothing was changed, so that its bytes can be passed on as they are. */
  readonly told: Config;
  /** failed: dlv refused it. settles: nothing but the program's run is to come. over: it stopped or ended. */
  readonly launch?: "failed" | "settles" | "over";
}

/** What of dlv's messages is changed on their way. */
export interface Changes {
  readonly offersCancel: boolean;
  readonly decorate?: ((error: DebugProtocol.Message, command: string) => DebugProtocol.Message) | undefined;
}

/**
 * Reads dlv's messages in order; `asked` is the command of the request that one answers. Only three are ever changed:
 * initialize's answer, a failed launch's or attach's, and an internal error, in which Delve names no command
 * (service/dap/server.go, sendInternalErrorResponse).
 */
export function createReader({
  offersCancel,
  decorate,
}: Changes): (message: Config, asked?: string) => Meaning {
  let initialized = false;
  return (heard, asked) => {
    const nameless = heard["type"] === "response" && !heard["command"] && asked !== undefined;
    const message = nameless ? { ...heard, command: asked } : heard;
    const { event } = message;
    initialized ||= event === "initialized";
    if (event === "stopped" || event === "terminated" || event === "exited")
      return { told: message, launch: "over" };
    if (message["type"] !== "response") return { told: message };
    const command = textOf(message["command"]);
    if (message["success"] !== true) {
      if (!decides(command)) return { told: message };
      const told = decorate ? withError(message, (error) => decorate(error, command)) : message;
      return { told, ...(launches(command) && { launch: "failed" }) };
    }
    if (command === "initialize") return { told: offersCancel ? offerCancel(message) : message };
    // A noDebug launch sends no `initialized`: its response is the last that is to come.
    const settles = command === "configurationDone" || (launches(command) && !initialized);
    return { told: message, ...(settles && { launch: "settles" }) };
  };
}
