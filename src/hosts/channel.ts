import type { Duplex, Readable, Writable } from "node:stream";
import type { HostName } from "../core/host.ts";

/** An address as the host sees it: 127.0.0.1 is the host's own loopback. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How a channel ended. `code` is null where a signal or a lost connection ended it; `because` says which, in one line. */
export interface Ending {
  readonly code: number | null;
  readonly because?: string;
}

/** A program that runs on a host, with its three streams. */
export interface Channel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the program has ended and its output is read, or the connection is gone. Never rejects. */
  readonly ended: Promise<Ending>;
  /** Ends the channel at once. The program on the other side sees its stdin close. */
  close(): void;
}

/** The size of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program on a terminal of its own (a pty): what it prints comes on `stdout`, what is typed goes into `stdin`. */
export interface Terminal extends Channel {
  resize(size: Size): void;
}

/**
 * A way to a host: one connection that carries many channels. All else is made of these (machine.ts).
 *
 * What rejects does so with an Error of one line that names the stage (resolve, connect, host key, authentication,
 * channel) and the host.
 */
export interface Transport extends HostName {
  /**
   * Starts `sh` on the host, which reads its script on stdin. Nothing goes onto a command line: a login shell of any
   * kind (fish, csh) starts it, and no value shows in a process list.
   */
  shell(): Promise<Channel>;
  /**
   * A stream to a TCP address as the host sees it, or to a Unix socket of the host. Absent where the way has no
   * forwarding of its own; rejects with a ForwardRefused where the host prohibits it.
   */
  forward?(to: Endpoint | { readonly path: string }): Promise<Duplex>;
  /** Runs one line of the login shell's language on a pty; without `line` the login shell itself. */
  terminal?(size: Size, line?: string): Promise<Terminal>;
  /** The last measured round trip in ms; undefined where none was measured yet. */
  rttMs?(): number | undefined;
  /** What the log of a launch tells of the way: how it is made, how often (ms) it is kept alive, how long it is silent. */
  readonly kept?: Kept;
  /** Resolves with one line that says why, once the connection is lost; never after `close`. */
  readonly lost: Promise<string>;
  /** Ends the connection and all its channels, and resolves when nothing of it is left here. Never rejects. */
  close(): Promise<void>;
}

/**
 * How a way is made and kept. `configuredMs`: the ServerAliveInterval that the person's own ssh gets (0 is none);
 * `silentMs`: for how long nothing has come from the host.
 */
export interface Kept {
  readonly via: "ssh2" | "ssh" | "exec";
  readonly everyMs: number;
  readonly configuredMs?: number;
  readonly silentMs?: () => number;
}

/** The host answers, but its policy (sshd's AllowTcpForwarding, PermitOpen …) or a closed port refuses the stream. */
export interface ForwardRefused extends Error {
  readonly name: "ForwardRefused";
  /** prohibited: a policy of the host. refused: nothing listens there. */
  readonly why: "prohibited" | "refused";
}

/** Whoever can answer what a connection asks. Every question names the host it is about. */
export interface Person {
  /** Something that is typed unseen: a passphrase, a password, a code. Undefined where it is declined or nobody is there. */
  secret(question: string): Promise<string | undefined>;
  /**
   * Yes or no; no is the default, and the answer where nobody is there. `detail` holds the facts to decide on, `yes` what a
   * button for yes says.
   */
  confirm(question: string, detail: string, yes: string): Promise<boolean>;
}

/** Nobody: for CI jobs and pipes. */
export const nobody: Person = {
  secret: () => Promise.resolve(undefined),
  confirm: () => Promise.resolve(false),
};
