import { fileURLToPath } from "node:url";

/**
 * A double of `dlv dap`, for what the real one will not do on demand: print noise, or nothing; glue its banner to other
 * words; die in the middle of a message; send what is not DAP; never answer; ignore signals. It debugs nothing, so it
 * proves only how the proxy takes a bad adapter, never that Delve behaves so.
 */
export interface Behaviour {
  /** What it prints first: file descriptor and text. */
  readonly print?: readonly (readonly [fd: number, text: string])[];
  /** Exits with this code after printing. */
  readonly exit?: number;
  /** Listens, and says so in a line, glued to noise without a newline, letter by letter on stderr, or not at all. */
  readonly listen?: "line" | "glued" | "pieces" | "silent";
  /** The commands that it answers with success; it is deaf to the others. */
  readonly answers?: readonly string[];
  /** Raw bytes that it sends for every chunk it receives. */
  readonly reply?: string;
  /** Kills itself once it has received so many bytes. */
  readonly dieAfter?: number;
  /** The signals that it does not mind. */
  readonly ignores?: readonly NodeJS.Signals[];
}

/** A launch configuration that runs the double in dlv's place. */
export function badDlv(behaviour: Behaviour): Readonly<Record<string, unknown>> {
  return {
    type: "go",
    name: "bad",
    request: "launch",
    mode: "exec",
    program: "/bin/true",
    dlvToolPath: fileURLToPath(new URL("./bad-dlv.mjs", import.meta.url)),
    env: { BAD_DLV: JSON.stringify(behaviour) },
  };
}
