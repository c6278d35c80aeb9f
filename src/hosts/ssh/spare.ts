import type { Channel } from "../channel.ts";

/** Shells that are started ahead of their use, one at a time, so that a use costs no round trip for its start. */
export interface Spares {
  take(): Promise<Channel>;
  /** Ends the spare, if there is one, and has no more of them. Resolves with whether there was one. */
  giveUp(): Promise<boolean>;
  /** Opens something else that counts as a session; where that is refused, once more in the place of the spare. */
  withRoom<T>(open: () => Promise<T>): Promise<T>;
}

/** `start` starts a shell. The first spare is started at the first use; where the host refuses one there are none. */
export function spares(start: () => Promise<Channel>): Spares {
  let ahead: Promise<Channel | undefined> | undefined;
  let wanted = true;
  const prepare = (): void => {
    if (!wanted) return;
    ahead ??= start().then(alive, () => {
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
    async take() {
      const before = ahead;
      ahead = undefined;
      const spare = await before;
      const shell = spare !== undefined && !hasEnded.has(spare) ? spare : await start();
      prepare();
      return shell;
    },
    giveUp,
    async withRoom(open) {
      try {
        return await open();
      } catch (error) {
        if (await giveUp()) return open();
        throw error;
      }
    },
  };
}

const hasEnded = new WeakSet<Channel>();

function alive(channel: Channel): Channel {
  void channel.ended.then(() => hasEnded.add(channel));
  return channel;
}
