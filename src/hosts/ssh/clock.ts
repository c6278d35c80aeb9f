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
