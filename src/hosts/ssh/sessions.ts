import { setTimeout as sleep } from "node:timers/promises";
import type { Channel } from "../channel.ts";

/** Programs of one connection: shells, one of which is started ahead of its use, and others that count as sessions. */
export interface Sessions {
  /** A shell, which costs no round trip where the spare is ready. The first spare is started at the first use. */
  shell(): Promise<Channel>;
  /** Opens something else that counts as a session. Where that is refused, the spare gives its place away. */
  other<T extends Channel>(open: () => Promise<T>): Promise<T>;
  /** Ends the spare, if there is one, and has no more of them. */
  giveUp(): Promise<boolean>;
}

/** `start` starts a shell. Where the host refuses a spare there are no more of them. */
export function sessions(start: () => Promise<Channel>): Sessions {
  let ahead: Promise<Channel | undefined> | undefined;
  let wanted = true;
  let lastEnd = Number.NEGATIVE_INFINITY;
  const over = new WeakSet<Channel>();

  const followed = async <T extends Channel>(opening: Promise<T>): Promise<T> => {
    const channel = await opening;
    void channel.ended.then(() => {
      over.add(channel);
      lastEnd = performance.now();
    });
    return channel;
  };
  /** sshd counts a session until it has seen our answer to its end: one that is refused right then is tried again. */
  const patiently = async <T extends Channel>(open: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries++) {
      const asked = performance.now();
      try {
        return await followed(open());
      } catch (error) {
        if (tries === 3 || asked - lastEnd > justNow) throw error;
        await sleep(100);
      }
    }
  };
  const prepare = (): void => {
    if (!wanted) return;
    ahead ??= followed(start()).catch(() => {
      wanted = false;
      return undefined;
    });
  };
  const giveUp = async (): Promise<boolean> => {
    wanted = false;
    const before = ahead;
    ahead = undefined;
    const spare = await before;
    spare?.close();
    await spare?.ended;
    return spare !== undefined;
  };
  return {
    async shell() {
      const before = ahead;
      ahead = undefined;
      const spare = await before;
      const shell = spare !== undefined && !over.has(spare) ? spare : await patiently(start);
      prepare();
      return shell;
    },
    async other(open) {
      try {
        return await patiently(open);
      } catch (error) {
        if (await giveUp()) return patiently(open);
        throw error;
      }
    },
    giveUp,
  };
}

/** ms */
const justNow = 500;
