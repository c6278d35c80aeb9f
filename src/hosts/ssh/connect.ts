import ssh2, { type Client } from "ssh2";
import { say } from "../../core/say.ts";
import type { Person } from "../channel.ts";
import { algorithmsFor } from "./algorithms.ts";
import { login } from "./auth.ts";
import { clock } from "./clock.ts";
import type { Line } from "./dial.ts";
import { type Afterwards, acceptHostKey } from "./hostKey.ts";
import { keyFilesOf } from "./keys.ts";
import { readKnownHosts } from "./knownHosts.ts";
import type { Keyring } from "./secrets.ts";
import { isSshFailure, type SshFailure, type SshLimits, type Stage, sshFailure } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** What every connection of a chain shares. */
export interface Context {
  readonly person: Person;
  readonly keyring: Keyring;
  readonly limits: SshLimits;
  readonly signal: AbortSignal;
}

/**
 * Speaks SSH over a line that is there already, up to the end of the log-in. Rejects with an SshFailure, and the line is
 * the caller's to close. The client's errors after that are its `close`: it never throws.
 */
export async function logIn(target: SshTarget, line: Line, context: Context): Promise<Client> {
  const { alias } = target;
  const { person, keyring, limits, signal } = context;
  const keys = await keyFilesOf(target);
  const places = [...target.userKnownHostsFiles, ...target.globalKnownHostsFiles];
  const files = await readKnownHosts(places).catch((error: Error) => {
    throw sshFailure(alias, "host key", error.message);
  });
  const algorithms = algorithmsFor(target, files);
  const client = new ssh2.Client();

  return new Promise<Client>((resolve, reject) => {
    let stage: Stage = "connect";
    let acceptedKey: Buffer | undefined;
    let afterwards: Afterwards = () => Promise.resolve();
    const give = (failure: SshFailure): void => {
      limit.stop();
      signal.removeEventListener("abort", cancel);
      client.destroy();
      reject(failure);
    };
    const fail = (error: Error | undefined): void => {
      const at = stage;
      void line.because().then((words) => give(explained(target, at, error, words, auth.story())));
    };
    const cancel = (): void => give(sshFailure(alias, stage, "cancelled"));
    const limit = clock(() => give(sshFailure(alias, stage, tooLate(stage, limits))));
    const asking = (asked: Promise<unknown>): void => {
      limit.stop();
      const go = (): void => {
        if (stage !== "channel") limit.restart(limits.authentication);
      };
      asked.then(go, go);
    };

    const auth = login(target, { person, keys, keyring, asking }, () =>
      give(sshFailure(alias, "authentication", auth.story())),
    );
    client
      .on("handshake", () => {
        if (stage === "authentication" || stage === "channel") return;
        stage = "authentication";
        limit.restart(limits.authentication);
        // What cannot be written down is asked again the next time; the connection is good.
        void afterwards().catch(() => {});
      })
      .on("ready", () => {
        stage = "channel";
        limit.stop();
        signal.removeEventListener("abort", cancel);
        resolve(client);
      })
      .on("error", (error: Error & { level?: string }) => {
        // An agent that will not sign is one failed try, and ssh2 goes on by itself.
        if (error.level === "agent" || stage === "channel") return;
        fail(error);
      })
      .on("close", () => fail(undefined));

    if (signal.aborted) return cancel();
    // What has ended before anybody listened tells nobody any more.
    if (line.stream.closed) return fail(undefined);
    signal.addEventListener("abort", cancel);
    limit.restart(limits.handshake);
    client.connect({
      sock: line.stream,
      username: target.user,
      readyTimeout: 0,
      algorithms,
      hostVerifier: (blob: Buffer, verify: (yes: boolean) => void) => {
        // The key is shown again whenever the two sides agree on new session keys.
        if (acceptedKey?.equals(blob)) return verify(true);
        stage = "host key";
        limit.stop();
        acceptHostKey(target, blob, person).then(
          (then) => {
            acceptedKey = blob;
            afterwards = then;
            limit.restart(limits.handshake);
            verify(true);
          },
          (error: unknown) => give(isSshFailure(error) ? error : sshFailure(alias, stage, String(error))),
        );
      },
      authHandler: (left, partial, next) => {
        limit.restart(limits.authentication);
        auth.handler(left, partial, next);
      },
    });
  });
}

function tooLate(stage: Stage, limits: SshLimits): string {
  if (stage === "authentication") return say`no answer to a log-in within ${limits.authentication / 1000} s`;
  return say`the server did not finish the handshake within ${limits.handshake / 1000} s`;
}

function explained(
  target: SshTarget,
  stage: Stage,
  error: (Error & { code?: unknown }) | undefined,
  words: string | undefined,
  story: string,
): SshFailure {
  const { alias, hostname, port } = target;
  const text = error?.message ?? "";
  if (stage === "authentication") {
    const end = text === "" ? say`the server closed the connection` : text;
    return sshFailure(alias, stage, `${end}: ${story}`);
  }
  if (/no matching|Unsupported/i.test(text))
    return sshFailure(alias, stage, text.replace(/^Handshake failed: /, "handshake: "), true);
  if (words !== undefined) return sshFailure(alias, stage, words);
  if (
    /Invalid identification|before handshake/i.test(text) ||
    error === undefined ||
    error.code === "ECONNRESET"
  )
    return sshFailure(
      alias,
      stage,
      say`${hostname} port ${port} ended the connection before it spoke SSH (no sshd there, or one with too many log-ins at once)`,
    );
  return sshFailure(alias, stage, text);
}
