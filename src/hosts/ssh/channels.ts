import type { Duplex } from "node:stream";
import type { Client, ClientChannel } from "ssh2";
import { say } from "../../core/say.ts";
import type { Channel, Ending, Endpoint, ForwardRefused, Size, Terminal } from "../channel.ts";
import { within } from "../within.ts";
import { type SshFailure, sshFailure } from "./stage.ts";

/** What the channels of one client need to know of it. */
export interface Wire {
  readonly client: Client;
  readonly host: string;
  /** Resolves with the reason once the connection is gone. */
  readonly gone: Promise<string>;
  /** How long the server may take to answer the wish for a channel, in ms. */
  readonly ms: number;
}

/** Starts a command line of the login shell, without a pty. `kill` ends all that it has started. */
export async function exec(
  wire: Wire,
  command: string,
): Promise<{ readonly channel: Channel; readonly kill: () => void }> {
  const stream = await open<ClientChannel>(wire, (done) => wire.client.exec(command, done));
  return { channel: asChannel(stream, wire.gone), kill: () => stream.signal("KILL") };
}

/** Starts a command line of the login shell, or the login shell, on a pty. */
export async function terminal(wire: Wire, size: Size, line: string | undefined): Promise<Terminal> {
  const pty = { rows: size.rows, cols: size.columns, term: process.env["TERM"] ?? "xterm-256color" };
  const stream = await open<ClientChannel>(wire, (done) =>
    line === undefined ? wire.client.shell(pty, done) : wire.client.exec(line, { pty }, done),
  );
  return {
    ...asChannel(stream, wire.gone),
    resize: ({ rows, columns }) => stream.setWindow(rows, columns, 0, 0),
  };
}

/** A stream to an address or a Unix socket as the host sees it. Rejects with a ForwardRefused or an SshFailure. */
export async function forward(wire: Wire, to: Endpoint | { readonly path: string }): Promise<Duplex> {
  const where = "path" in to ? to.path : say`${to.host} port ${to.port}`;
  const stream = await open<Duplex>(wire, (done) => {
    if ("path" in to) wire.client.openssh_forwardOutStreamLocal(to.path, done);
    else wire.client.forwardOut("127.0.0.1", 0, to.host, to.port, done);
  }).catch((error: SshFailure & Refusal) => {
    // Reasons of RFC 4254, section 5.1. sshd has only "connect failed" for a Unix socket, prohibited or not.
    if (error.reason === 1 || error.reason === 3) throw forwardRefused(wire.host, "prohibited", where);
    if (error.reason === 2) throw forwardRefused(wire.host, "refused", where);
    throw error;
  });
  // A stream that breaks has a `close`; without a listener its error would end this process.
  stream.on("error", () => {});
  return stream;
}

/** The error of a stream that the host did not open. */
export function forwardRefused(host: string, why: ForwardRefused["why"], where: string): ForwardRefused {
  const text =
    why === "prohibited"
      ? say`sshd prohibits forwarding to ${where} (AllowTcpForwarding, AllowStreamLocalForwarding, DisableForwarding or PermitOpen)`
      : say`nothing takes a connection to ${where}`;
  return Object.assign(new Error(`${host}: channel: ${text}`), { name: "ForwardRefused" as const, why });
}

interface Refusal {
  readonly reason?: number;
}

function open<T>(wire: Wire, ask: (done: (error: Error | undefined, stream: T) => void) => void): Promise<T> {
  const { host, ms, gone } = wire;
  const opened = new Promise<T>((resolve, reject) => {
    const done = (error: (Error & Refusal) | undefined, stream: T): void => {
      if (!error) resolve(stream);
      else reject(Object.assign(sshFailure(host, "channel", inWords(error)), { reason: error.reason }));
    };
    try {
      ask(done);
    } catch (error) {
      reject(sshFailure(host, "channel", say`the connection is gone: ${String(error)}`));
    }
  });
  const lost = gone.then((because): never => {
    throw sshFailure(host, "channel", because);
  });
  lost.catch(() => {});
  return within(ms, Promise.race([opened, lost]), () =>
    sshFailure(host, "channel", say`the server did not open a channel within ${ms / 1000} s`),
  );
}

function inWords({ message, reason }: Error & Refusal): string {
  const said = message.replace(/^\(SSH\) Channel open failure: /, "");
  switch (reason) {
    case 1:
      return say`administratively prohibited: ${said}`;
    case 2:
      return say`the server opens no further session (MaxSessions in its sshd_config): ${said}`;
    case 4:
      return say`the server is short of resources: ${said}`;
    default:
      return said;
  }
}

function asChannel(stream: ClientChannel, gone: Promise<string>): Channel {
  stream.on("error", () => {});
  const ended = new Promise<Ending>((resolve) => {
    stream.on("close", (code?: number | null, signal?: string) => {
      if (typeof code === "number") resolve({ code });
      else resolve({ code: null, because: signal ? say`ended by ${signal}` : say`the channel was closed` });
    });
    void gone.then((because) => resolve({ code: null, because }));
  });
  return {
    stdin: stream,
    stdout: stream,
    stderr: stream.stderr,
    ended,
    close() {
      stream.close();
      // What nobody reads any more would hold back the end.
      stream.resume();
      stream.stderr.resume();
    },
  };
}
