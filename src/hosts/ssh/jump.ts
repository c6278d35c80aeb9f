import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import { say } from "../../core/say.ts";
import { within } from "../within.ts";
import { type Context, logIn } from "./connect.ts";
import { dialCommand, dialTcp, type Line, throughStream } from "./dial.ts";
import { sshFailure } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** A logged-in client, and the way to it. */
export interface Chain {
  readonly client: Client;
  /** The target's own line: TCP, a command, or a stream through the last hop. */
  readonly line: Line;
  /** Ends every connection, the farthest first, and resolves when nothing of them is left. */
  close(): Promise<void>;
}

/** Logs in to each hop and through them to the target; each hop's host key is verified on its own. */
export async function chain(
  target: SshTarget,
  context: Context,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Chain> {
  const links: { readonly client: Client | undefined; readonly line: Line }[] = [];
  const close = async (): Promise<void> => {
    for (const { client, line } of links.toReversed()) {
      client?.end();
      await line.close();
    }
  };
  try {
    const [first, ...others] = [...target.hops, target];
    if (first === undefined) throw new Error("a target is its own last hop");
    let line = await dial(first, context, env);
    links.push({ client: undefined, line });
    let client = await logIn(first, line, context);
    links[0] = { client, line };
    for (const next of others) {
      line = throughStream(await through(client, next, context));
      links.push({ client: undefined, line });
      client = await logIn(next, line, context);
      links[links.length - 1] = { client, line };
    }
    return { client, line, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function dial(
  target: SshTarget,
  { limits, signal }: Context,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Line> {
  if (target.proxyCommand === undefined) return dialTcp(target, limits, signal);
  return Promise.resolve(dialCommand(target.alias, target.proxyCommand, env));
}

function through(client: Client, { alias, hostname, port }: SshTarget, { limits }: Context): Promise<Duplex> {
  const where = say`${hostname} port ${port}`;
  const opened = new Promise<Duplex>((resolve, reject) => {
    client.forwardOut(
      "127.0.0.1",
      0,
      hostname,
      port,
      (error: (Error & { reason?: number }) | undefined, stream) => {
        if (!error) resolve(stream);
        else if (error.reason === 1)
          reject(
            sshFailure(
              alias,
              "connect",
              say`the jump host prohibits forwarding to ${where} (AllowTcpForwarding, PermitOpen)`,
            ),
          );
        else {
          const said = error.message.replace(/^.*failure: /, "");
          reject(sshFailure(alias, "connect", say`the jump host did not connect to ${where}: ${said}`));
        }
      },
    );
  });
  const ms = limits.connect;
  return within(ms, opened, () =>
    sshFailure(alias, "connect", say`the jump host did not reach ${where} within ${ms / 1000} s`),
  );
}
