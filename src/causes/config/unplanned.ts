import type { Launch } from "../../core/launch.ts";
import { kindOf, retyped } from "../../core/retyped.ts";
import { say } from "../../core/say.ts";
import { type Refusal, remove, write } from "./refusal.ts";

/**
 * An attribute without which nobody can tell how to reach dlv: it is read by the extension, and no dlv was started or called.
 * Undefined for every launch that got so far.
 */
export function unplanned(launch: Launch): (Refusal & { readonly write: string }) | undefined {
  const { config, timeline, request } = launch;
  if (timeline.dlv !== undefined || timeline.failure?.phase !== "start") return undefined;
  const { dlvFlags, logDest, port } = config;
  if (!isNothing(dlvFlags) && !isTexts(dlvFlags)) {
    const words = retyped(dlvFlags, "[]string");
    return {
      ...refused("dlvFlags", say`"dlvFlags" must be a list of texts.`, say`a JSON ${kindOf(dlvFlags)}`),
      write: say`a list, such as ["--check-go-version=false"]`,
      right:
        words === undefined ? remove("dlvFlags", say`dlv gets no flags of yours`) : write("dlvFlags", words),
    };
  }
  if (!isNothing(logDest) && !(typeof logDest === "string" && /^(?:\/|[A-Za-z]:[\\/])/.test(logDest)))
    return {
      ...refused("logDest", say`"logDest" must be the absolute path of a file.`, JSON.stringify(logDest)),
      write: say`an absolute path, such as "/tmp/dlv.log"`,
      right: remove("logDest", say`dlv's log goes where dlv's words go`),
    };
  if (port && !(Number.isInteger(Number(port)) && Number(port) > 0 && Number(port) < 65_536))
    return {
      ...refused("port", say`"port" must be a number from 1 to 65535.`, JSON.stringify(port)),
      write: say`the port that the server listens on`,
      ...(request === "launch" && { right: remove("port", say`a dlv is started for this session`) }),
    };
  return undefined;
}

function refused(attribute: string, because: string, is: string): Refusal {
  return {
    attribute,
    holds: true,
    because,
    seen: say`"${attribute}" in the configuration: ${is}`,
  };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
