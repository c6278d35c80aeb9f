import { say } from "../core/say.ts";
import type { Channel, Size, Terminal, Transport } from "./channel.ts";
import { type ContainerTool, choice, type Place, whyNot } from "./containerSaid.ts";
import { type Heartbeat, heartbeatOver } from "./heartbeat.ts";
import { ptyAround } from "./pty.ts";
import { spawnChannel } from "./spawned.ts";

/** How a container is reached. Times in ms. */
export interface ContainerOptions {
  /** The environment of docker, podman or kubectl, PATH included; this process's own when not said. */
  readonly env?: NodeJS.ProcessEnv;
  /** How long the first answer may take; 15,000 when not said. */
  readonly limitMs?: number;
  /** How often the way is tried while it is open; 15,000 when not said. Silent for twice that, it is lost. */
  readonly keepAliveMs?: number;
  /** Ends the attempt, not what it led to. */
  readonly signal?: AbortSignal;
}

/** Gives every line back until its stdin ends: it proves that there is a sh, keeps the way open and measures it. */
const echo = 'while read -r x; do echo "$x"; done';

/**
 * Opens the way to a running container (docker, podman), or to one of a pod's (kubectl: [NAMESPACE/]POD[/CONTAINER],
 * where /POD/CONTAINER leaves the namespace to the current context). Rejects with one line that names the stage: tool,
 * container or shell. One exec stays open beside the others and tells when the container is gone.
 */
export async function openContainer(
  tool: ContainerTool,
  name: string,
  { env = process.env, limitMs = 15_000, keepAliveMs = 15_000, signal }: ContainerOptions = {},
): Promise<Transport> {
  const place: Place = { tool, name, words: wordsOf(tool, name) };
  const stop = (why: string) => new Error(`${tool}:${name}: ${why}`);
  const exec = (flags: readonly string[], ...argv: readonly string[]) =>
    [tool, "exec", ...flags, ...place.words].concat(tool === "kubectl" ? ["--", ...argv] : argv);
  const open = new Set<Channel>();
  const keep = <C extends Channel>(channel: C): C => {
    open.add(channel);
    void channel.ended.then(() => open.delete(channel));
    return channel;
  };
  const start = async (...argv: readonly string[]) => {
    try {
      return keep(await spawnChannel(exec(["-i"], ...argv), env));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw stop(`tool: ${code === "ENOENT" ? say`${tool} is not installed` : message}`);
    }
  };
  const close = async () => {
    const all = [...open];
    for (const one of all) one.close();
    await Promise.all(all.map(({ ended }) => ended));
  };

  const heart = await start("sh", "-c", echo);
  let said = "";
  heart.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-16_000);
  });
  const heartbeat = heartbeatOver(heart);
  if (signal?.aborted) heart.close();
  signal?.addEventListener("abort", heart.close);
  const first = await Promise.race([heartbeat.beat(limitMs), heart.ended]);
  signal?.removeEventListener("abort", heart.close);
  // What kubectl says of its choice comes before the echo, but on the other stream.
  await new Promise(setImmediate);
  if (typeof first !== "number" || choice(said).length > 0) {
    await close();
    if (signal?.aborted) throw stop(`container: ${say`cancelled`}`);
    if (first === undefined) throw stop(`container: ${say`it did not answer within ${limitMs / 1000} s`}`);
    if (typeof first === "object") throw stop(whyNot(place, said, first.code, await stateOf(place, env)));
    throw stop(`container: ${say`the pod has several, name one of them: ${choice(said).join(", ")}`}`);
  }

  let over = false;
  // Whoever closes the way themselves is told nothing.
  const lost = new Promise<string>((resolve) => {
    void silence(heartbeat, keepAliveMs, heart).then(async (why) => {
      if (over) return;
      const state = await stateOf(place, env);
      const how = state === undefined || state === "running" ? why : say`the container is ${state}`;
      resolve(`${tool}:${name}: ${how}`);
      await close();
    });
  });
  return {
    kind: tool,
    name,
    shell: () => start("sh"),
    ...(process.platform === "linux" && {
      terminal: async (size: Size, line?: string): Promise<Terminal> => {
        const argv = exec(["-i", "-t"], "sh", ...(line === undefined ? [] : ["-c", line]));
        return keep(await ptyAround(argv, size, env));
      },
    }),
    rttMs: heartbeat.rttMs,
    kept: { via: "exec", everyMs: keepAliveMs },
    lost,
    close() {
      over = true;
      return close();
    },
  };
}

/** Resolves with the reason once the echo is gone, or silent for two keep-alives. */
async function silence(heartbeat: Heartbeat, everyMs: number, heart: Channel): Promise<string> {
  const ended = heart.ended.then(() => say`the connection to the container ended`);
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, everyMs, undefined);
    });
    const gone =
      (await Promise.race([pause, ended])) ?? (await Promise.race([heartbeat.beat(everyMs), ended]));
    clearTimeout(timer);
    if (typeof gone === "string") return gone;
    if (gone === undefined) return say`it has not answered for ${Math.round((2 * everyMs) / 1000)} s`;
  }
}

/** The state of a container (created, exited, paused …), or undefined where the tool does not say; kubectl never does. */
async function stateOf({ tool, words }: Place, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (tool === "kubectl") return undefined;
  try {
    const argv = [tool, "container", "inspect", "--format", "{{.State.Status}}", ...words];
    const { stdout, stderr, ended, close } = await spawnChannel(argv, env);
    stderr.resume();
    let text = "";
    stdout.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
    const timer = setTimeout(close, 5000);
    const { code } = await ended;
    clearTimeout(timer);
    // podman says "stopped" until it has cleaned up after a container that has exited.
    return code === 0 ? text.trim().replace("stopped", "exited") : undefined;
  } catch {
    return undefined;
  }
}

/** A container, or [NAMESPACE/]POD[/CONTAINER], in the tool's words. Throws one line where it is neither. */
function wordsOf(tool: ContainerTool, name: string): string[] {
  const parts = name.split("/");
  const [first = "", second = "", container] = parts.length === 1 ? ["", name] : parts;
  // A word that begins with a dash would be an option of the tool.
  const wrong = [first || "x", second, container ?? "x"].some((word) => !/^[a-z0-9][\w.-]*$/i.test(word));
  if (wrong || parts.length > (tool === "kubectl" ? 3 : 1))
    throw new Error(
      `${tool}:${name}: tool: ${tool === "kubectl" ? say`not [NAMESPACE/]POD[/CONTAINER]` : say`not a container's name`}`,
    );
  return [
    ...(first === "" ? [] : ["-n", first]),
    second,
    ...(container === undefined ? [] : ["-c", container]),
  ];
}
