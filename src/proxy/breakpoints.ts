import type { Happening } from "../core/event.ts";
import { listOf, type Message, numberOf, recordOf, textOf } from "../core/json.ts";

/** How much (characters) is kept of what dlv says of a breakpoint. */
const messageCap = 2048;

/** Follows what becomes of breakpoints. A request replaces all of its file, or all at functions. */
export interface Breakpoints {
  asked(command: string, seq: number, args: Message): void;
  answered(response: Message): Happening[];
  /** A `breakpoint` event: Delve sends one when code that was loaded later has the place (1.26 and newer). */
  changed(body: Message): Happening[];
}

interface Asked {
  /** The file, or "" for functions. */
  readonly of: string;
  readonly at: readonly string[];
}

export function createBreakpoints(): Breakpoints {
  const open = new Map<number, Asked>();
  const set = new Map<string, readonly string[]>();
  const ids = new Map<number, string>();
  return {
    asked(command, seq, args) {
      if (command === "setBreakpoints") open.set(seq, linesOf(args));
      else if (command === "setFunctionBreakpoints") open.set(seq, functionsOf(args));
    },
    answered(response) {
      const seq = numberOf(response["request_seq"]);
      const asked = open.get(seq);
      open.delete(seq);
      if (asked === undefined || response["success"] !== true) return [];
      const { of, at } = asked;
      const gone = (set.get(of) ?? []).filter((one) => !at.includes(one));
      set.set(of, at);
      const now = listOf(recordOf(response["body"])["breakpoints"]).flatMap((item, index) => {
        const place = at[index];
        if (place === undefined) return [];
        const { id } = recordOf(item);
        if (typeof id === "number") ids.set(id, place);
        return told(place, recordOf(item));
      });
      return [
        ...gone.map((one): Happening => ({ kind: "breakpoint", at: one, verified: false, gone: true })),
        ...now,
      ];
    },
    changed(body) {
      const breakpoint = recordOf(body["breakpoint"]);
      const place = ids.get(numberOf(breakpoint["id"]));
      return place === undefined || body["reason"] !== "changed" ? [] : [told(place, breakpoint)];
    },
  };
}

function told(at: string, { verified, message }: Message): Happening {
  const text = textOf(message).slice(0, messageCap);
  return { kind: "breakpoint", at, verified: verified === true, ...(text !== "" && { message: text }) };
}

function linesOf(args: Message): Asked {
  const source = recordOf(args["source"]);
  const of = textOf(source["path"]) || textOf(source["name"]);
  const asked = listOf(args["breakpoints"]);
  const lines = asked.length > 0 ? asked.map((one) => recordOf(one)["line"]) : listOf(args["lines"]);
  return { of, at: lines.map((line) => `${of}:${numberOf(line)}`) };
}

function functionsOf(args: Message): Asked {
  return { of: "", at: listOf(args["breakpoints"]).map((one) => textOf(recordOf(one)["name"])) };
}
