/** Where on the way to a host something went wrong. */
export type Stage = "resolve" | "connect" | "host key" | "authentication" | "channel";

/**
 * What every refusal of this folder is. The message is one line: "build7: connect: 10.0.0.7 port 22 refuses".
 * `noCommonAlgorithm`: the two sides share no algorithm, so another SSH program may do.
 */
export interface SshFailure extends Error {
  readonly name: "SshFailure";
  readonly stage: Stage;
  readonly noCommonAlgorithm: boolean;
}

/** An SshFailure. Of `because` only the first line is kept; the host's words may come with more. */
export function sshFailure(
  host: string,
  stage: Stage,
  because: string,
  noCommonAlgorithm = false,
): SshFailure {
  const line = because.trim().split(/[\r\n]+/, 1)[0] ?? "";
  const error = new Error(`${host}: ${stage}: ${line}`);
  return Object.assign(error, { name: "SshFailure" as const, stage, noCommonAlgorithm });
}

/** Whether an error is an SshFailure, which needs no words added. */
export function isSshFailure(error: unknown): error is SshFailure {
  return error instanceof Error && error.name === "SshFailure";
}

/** How long each stage may take, in ms. What a person needs to answer is not counted. */
export interface SshLimits {
  /** TCP, where the configuration has no ConnectTimeout. */
  readonly connect: number;
  /** From the first byte to the end of the key exchange. */
  readonly handshake: number;
  /** Each answer of the server to one try. A server may delay the answer to a wrong password. */
  readonly authentication: number;
  /** The server's answer to the wish for a channel. */
  readonly channel: number;
  /** The login shell, until `sh` has started. */
  readonly shell: number;
}

export const usualLimits: SshLimits = {
  connect: 15_000,
  handshake: 20_000,
  authentication: 30_000,
  channel: 15_000,
  shell: 45_000,
};
