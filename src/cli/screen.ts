import { createInterface, type Interface } from "node:readline/promises";
import { Writable } from "node:stream";
import { forTerminal } from "../report/forTerminal.ts";
import { type Paint, paint } from "../report/paint.ts";

/** What a person sees and says. Answers go to stdout; progress and questions go to stderr. */
export interface Screen {
  readonly color: boolean;
  readonly brush: Paint;
  /** True where answers go to a terminal, and not into a pipe, a file or the log of a build. */
  readonly seen: boolean;
  /** True where a line can be redrawn. */
  readonly live: boolean;
  /** True where a person can be asked. */
  readonly asks: boolean;
  readonly width: () => number;
  answer(text: string): void;
  progress(text: string): void;
  /** Asks one question; the first letter of the answer, in small, or "" when `gone` comes first or there is no answer. */
  ask(question: string, gone?: AbortSignal): Promise<string>;
  /** Asks for a line; "" for Enter alone, undefined when `gone` comes first or there is no answer. */
  line(question: string, gone?: AbortSignal): Promise<string | undefined>;
  /** Asks for something that is not shown while it is typed; undefined where nothing was given, or `gone` came first. */
  secret(question: string, gone?: AbortSignal): Promise<string | undefined>;
}

/** The screen as the command line and the terminal have it. A dumb terminal gets whole lines, as a pipe does. */
export function openScreen({ noColor, json }: { noColor: boolean; json: boolean }): Screen {
  const { env, stdin, stdout, stderr } = process;
  const plain = noColor || Boolean(env["NO_COLOR"]) || env["TERM"] === "dumb";
  const color = !plain && stderr.isTTY && (json || stdout.isTTY);
  return {
    color,
    brush: paint(color),
    seen: stdout.isTTY,
    live: stderr.isTTY && env["TERM"] !== "dumb",
    asks: stdin.isTTY && stderr.isTTY && !json,
    width: () => stderr.columns || 100,
    answer: (text) => void stdout.write(forTerminal(text)),
    progress: (text) => void stderr.write(forTerminal(text)),
    ask: async (question, gone) => ((await line(question, gone)) ?? "").charAt(0).toLowerCase(),
    line,
    async secret(question, gone) {
      // readline draws what is typed on its output, so it gets one that shows nothing; the terminal itself shows nothing
      // from here on, so the question comes after it.
      const output = new Writable({ write: (_chunk, _encoding, done) => done() });
      const reader = createInterface({ input: stdin, output, terminal: true });
      stderr.write(forTerminal(question));
      const text = await typed(reader, "", gone);
      stderr.write("\n");
      return text || undefined;
    },
  };
}

async function line(question: string, gone?: AbortSignal): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const text = await typed(createInterface({ input: stdin, output: stderr }), forTerminal(question), gone);
  if (text === undefined) stderr.write("\n");
  return text?.trim();
}

/** Reads one line; undefined where there is none, or `gone` came first. */
async function typed(reader: Interface, question: string, gone?: AbortSignal): Promise<string | undefined> {
  const ended = new AbortController();
  reader.on("close", () => ended.abort());
  // readline takes Ctrl+C for itself; it is to mean here what it means everywhere.
  reader.on("SIGINT", () => process.emit("SIGINT") || reader.close());
  try {
    const signal = AbortSignal.any(gone === undefined ? [ended.signal] : [ended.signal, gone]);
    return await reader.question(question, { signal });
  } catch {
    return undefined;
  } finally {
    reader.close();
  }
}
