import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../core/say.ts";
import { within } from "../within.ts";
import type { Children } from "./childChannel.ts";
import { type SshLimits, sshFailure } from "./stage.ts";
import { systemFailure } from "./systemWords.ts";

/** The one connection of the system's ssh, which others of its kind share through a socket (ControlMaster). */
export interface Master {
  /** How an ssh is started that goes through it, and never beside it: its own options, then the command line. */
  argv(options: readonly string[], ...command: readonly string[]): string[];
  /** All that it wrote to stderr so far. */
  said(): string;
  /** Resolves with what it said last, once it has ended. */
  readonly gone: Promise<string>;
  /** Ends it and removes its socket. */
  close(): Promise<void>;
}

/** How the program is called, and whether it may ask on the terminal. */
export interface MasterOptions {
  readonly alias: string;
  /** The program and options that come first, such as ["ssh", "-F", FILE]. */
  readonly ssh: readonly string[];
  readonly asks: boolean;
  /** The configuration's StrictHostKeyChecking is "yes": an unknown host key is refused, and nobody is asked (hostKey.ts). */
  readonly strict: boolean;
  readonly aliveSeconds: number;
  readonly limits: SshLimits;
  readonly signal: AbortSignal;
}

/**
 * Connects and logs in. Rejects with an SshFailure; no process and no file is left then. Where this process dies the
 * connection ends too.
 */
export async function startMaster(options: MasterOptions, children: Children): Promise<Master> {
  const { alias, ssh, asks, strict, aliveSeconds, limits, signal } = options;
  // Readable for this user only, as mkdtemp makes it.
  const folder = await mkdtemp(join(tmpdir(), "delve-doctor-ssh-"));
  const socket = join(folder, "s");
  const argv = [
    ...ssh,
    ...["-M", "-N", "-T", "-S", socket],
    ...settings({
      BatchMode: asks ? "no" : "yes",
      StrictHostKeyChecking: asks && !strict ? "ask" : "yes",
      UpdateHostKeys: "no",
      ForwardAgent: "no",
      ForwardX11: "no",
      ClearAllForwardings: "yes",
      ControlPersist: "no",
      RemoteCommand: "none",
      LogLevel: "INFO",
      ServerAliveInterval: String(aliveSeconds),
      // One unanswered keep-alive, sent after one silent interval: noticed after two, as with ssh2.
      ServerAliveCountMax: "1",
      // It runs here once the connection is ready for others, and nothing else tells.
      PermitLocalCommand: "yes",
      LocalCommand: "echo ready",
    }),
    ...["--", alias],
  ];
  // Whoever may be asked must stay in the terminal's foreground; else a ProxyCommand ends with its ssh.
  const child = children.start(argv, !asks);
  // A master reads nothing and would live on without us; this one's stdin ends with us.
  const leave = [...ssh, "-S", socket, "-O", "exit", "--", alias];
  const heir = children.start(["sh", "-c", 'cat >/dev/null; "$@"; rmdir "$0"', folder, ...leave], true);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const gone = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(say`${ssh[0] ?? ""} could not be started: ${error.message}`));
    child.on("close", () =>
      resolve(
        said
          .trim()
          .split(/[\r\n]+/)
          .at(-1) || say`ssh ended and said nothing`,
      ),
    );
  });
  void gone.then(() => children.end(heir));
  const close = async (): Promise<void> => {
    await Promise.all([children.end(heir), children.end(child)]);
    await rm(folder, { recursive: true, force: true });
  };

  const failed = gone.then((last): never => {
    // It is we who asked for strict checking, and not the person.
    const why = strict ? said : said.replace(/ and you have requested strict checking\.?/, unasked(alias));
    throw systemFailure(alias, why || last, "connect");
  });
  failed.catch(() => {});
  const ms = asks ? patience : limits.connect + limits.handshake + limits.authentication;
  try {
    await within(ms, Promise.race([once(child.stdout, "data", { signal }), failed]), () =>
      sshFailure(alias, "connect", say`ssh had not logged in after ${ms / 1000} s`),
    );
  } catch (error) {
    await close();
    throw signal.aborted ? sshFailure(alias, "connect", say`cancelled`) : error;
  }
  const joining = settings({
    ControlMaster: "no",
    BatchMode: "yes",
    ForwardAgent: "no",
    RemoteCommand: "none",
    // Else each would ask the shared connection for the configuration's LocalForward again.
    ClearAllForwardings: "yes",
    // Where the shared connection is gone, ssh would make one of its own, unseen and unwatched. It comes before any
    // ProxyJump of the configuration, which is ignored then.
    ProxyCommand: "false",
  });
  return {
    argv: (own, ...command) => [...ssh, "-S", socket, ...joining, ...own, "--", alias, ...command],
    said: () => said,
    gone,
    close,
  };
}

function unasked(alias: string): string {
  return `, ${say`and nobody is here to accept it: once, run ssh ${alias}`}`;
}

/** How long (ms) a person may take for what ssh asks on the terminal; sshd's own limit is two minutes. */
const patience = 150_000;

function settings(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}
