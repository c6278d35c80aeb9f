import type { Duplex } from "node:stream";
import { say } from "../../core/say.ts";
import { type Channel, type Endpoint, nobody, type Terminal, type Transport } from "../channel.ts";
import { within } from "../within.ts";
import { forwardRefused } from "./channels.ts";
import { asChannel, asStream, children } from "./childChannel.ts";
import { afterHello, hello } from "./greeting.ts";
import { startMaster } from "./master.ts";
import { aliveSeconds, keptBy, type SshOptions } from "./options.ts";
import { sessions } from "./sessions.ts";
import { type SshFailure, sshFailure, usualLimits } from "./stage.ts";
import { systemFailure } from "./systemWords.ts";
import type { SshTarget } from "./target.ts";

/** Options, and the ssh program with what it needs to find the same configuration: ["ssh", "-F", FILE]. */
export interface SystemSshOptions extends SshOptions {
  readonly ssh: readonly string[];
}

/**
 * Connects with the system's ssh program, which can what ssh2 cannot: security keys, certificates, GSSAPI, newer
 * algorithms. It asks on this process's terminal by itself, and never where the person is nobody; no other way of asking
 * (SSH_ASKPASS, dialogs) is arranged for. It tells no round trip, forwards to TCP addresses only, and a pty keeps the
 * size it began with. Rejects with an SshFailure; nothing is left then.
 */
export async function openSystemSsh(target: SshTarget, options: SystemSshOptions): Promise<Transport> {
  const host = target.alias;
  const limits = { ...usualLimits, ...options.limits };
  const programs = children(options.env);
  const master = await startMaster(
    {
      alias: host,
      // The resolved user and port, because the person may have named others than the configuration.
      ssh: [...options.ssh, "-l", target.user, "-p", String(target.port)],
      asks: options.person !== nobody,
      strict: target.strictHostKeyChecking === "yes",
      aliveSeconds: aliveSeconds(target),
      limits,
      signal: options.signal,
    },
    programs,
  );

  let closing = false;
  const lost = new Promise<string>((resolve) => {
    void master.gone.then((last) => {
      if (!closing) resolve(`${host}: ${last}`);
    });
  });
  const opened = sessions(async () => {
    const word = hello();
    const child = programs.start(master.argv(["-T"], word.command));
    return spoken(afterHello(asChannel(child), word, host, limits.shell), host);
  });

  return {
    kind: "ssh",
    name: host,
    shell: (): Promise<Channel> => opened.shell(),
    async forward(to): Promise<Duplex> {
      if ("path" in to)
        throw sshFailure(host, "channel", say`the system's ssh gives no stream to a Unix socket`);
      const ms = limits.channel;
      const child = programs.start(master.argv(["-v", "-W", `${bracketed(to.host)}:${to.port}`]));
      const late = (): SshFailure =>
        sshFailure(host, "channel", say`no stream was opened within ${ms / 1000} s`);
      const before = master.said().length;
      try {
        await within(
          ms,
          streamOpened(child.stderr, asChannel(child), host, to, () => master.said().slice(before)),
          late,
        );
        return asStream(child);
      } catch (error) {
        child.kill("SIGKILL");
        throw error;
      }
    },
    async terminal(size, line): Promise<Terminal> {
      // Whether the host refuses a session shows only later, so the spare makes room beforehand.
      await opened.giveUp();
      // ssh hands on size and modes of a terminal of its own; here it has none, and no mode is set, not even echo.
      const sized = `stty sane rows ${size.rows} columns ${size.columns}; ${line ?? 'exec "$SHELL" -l'}`;
      return { ...asChannel(programs.start(master.argv(["-tt"], sized))), resize: () => {} };
    },
    kept: { via: "ssh", ...keptBy(target) },
    lost,
    async close() {
      closing = true;
      await master.close();
      await programs.killAll();
    },
  };
}

/** Puts ssh's own words for a refused session into ours: it then tries a connection of its own, whose proxy command is none. */
async function spoken(shell: Promise<Channel>, host: string): Promise<Channel> {
  try {
    return await shell;
  } catch (error) {
    if (
      error instanceof Error &&
      /Session open refused by peer|Connection (?:closed by|to) UNKNOWN/.test(error.message)
    )
      throw sshFailure(
        host,
        "channel",
        say`the server opens no further session (MaxSessions in its sshd_config)`,
      );
    throw error;
  }
}

/** With -v, ssh tells when a stream through the shared connection is open, and the shared one why it is not. */
function streamOpened(
  stderr: NodeJS.ReadableStream,
  channel: Channel,
  host: string,
  to: Endpoint,
  masterSaid: () => string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      if (/mux_client_request_stdio_fwd: .*session id/.test(said)) resolve();
    });
    void channel.ended.then(() => {
      const where = say`${to.host} port ${to.port}`;
      const why = masterSaid();
      if (/administratively prohibited/.test(why)) reject(forwardRefused(host, "prohibited", where));
      else if (/connect failed/.test(why)) reject(forwardRefused(host, "refused", where));
      else reject(systemFailure(host, why + said, "channel"));
    });
  });
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
