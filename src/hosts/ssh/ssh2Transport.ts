import { say } from "../../core/say.ts";
import type { Channel, Transport } from "../channel.ts";
import { pulse } from "./alive.ts";
import { exec, forward, terminal, type Wire } from "./channels.ts";
import { afterHello, hello } from "./greeting.ts";
import { chain } from "./jump.ts";
import { aliveSeconds, keptBy, type SshOptions } from "./options.ts";
import { keyring } from "./secrets.ts";
import { sessions } from "./sessions.ts";
import { usualLimits } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** Connects with the ssh2 library. Rejects with an SshFailure; nothing is left then. */
export async function openSsh2(target: SshTarget, options: SshOptions): Promise<Transport> {
  const { person, env, signal } = options;
  const limits = { ...usualLimits, ...options.limits };
  const { client, line, close } = await chain(
    target,
    { person, keyring: keyring(person), limits, signal },
    env,
  );
  const host = target.alias;

  let closing = false;
  let why: string | undefined;
  const heart = pulse(client, line.stream, aliveSeconds(target) * 1000, (ms) => {
    why = say`nothing came for ${(ms / 1000).toFixed(1)} s and two keep-alives had no answer`;
    client.destroy();
    void close();
  });
  client.on("error", (error) => {
    // What is written after the other side has gone (EPIPE, write(2)) is not why it went.
    if (!("code" in error && error.code === "EPIPE")) why ??= say`the connection broke (${error.message})`;
  });
  const gone = new Promise<string>((resolve) => {
    client.on("close", () => {
      heart.stop();
      void line.because().then((words) => {
        resolve(`${host}: ${why ?? words ?? say`the other side ended the connection`}`);
      });
    });
  });
  const lost = new Promise<string>((resolve) => {
    void gone.then((because) => {
      if (!closing) resolve(because);
    });
  });

  const wire: Wire = { client, host, gone, ms: limits.channel };
  const opened = sessions(async () => {
    const word = hello();
    const { channel, kill } = await exec(wire, word.command);
    return afterHello(channel, word, host, limits.shell, kill);
  });
  return {
    kind: "ssh",
    name: host,
    shell: (): Promise<Channel> => opened.shell(),
    forward: (to) => forward(wire, to),
    terminal: (size, command) => opened.other(() => terminal(wire, size, command)),
    rttMs: heart.rttMs,
    kept: { via: "ssh2", ...keptBy(target), silentMs: heart.silentMs },
    lost,
    async close() {
      closing = true;
      heart.stop();
      await close();
    },
  };
}
