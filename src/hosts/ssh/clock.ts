/** A time limit that can wait while a person is asked. */
export interface Clock {
  /** Starts counting anew. */
  restart(ms: number): void;
  stop(): void;
}

/** A stopped clock; `late` is called once its time is over. */
export function clock(late: () => void): Clock {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    restart(ms) {
      stop();
      timer = setTimeout(late, ms);
    },
  };
}

/** The result of `work`, or a rejection with `late()` after `ms`; the work itself is not stopped. */
export function within<T>(ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
