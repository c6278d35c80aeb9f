/** A promise with its two ends. Its rejection may go unheard: whoever needs the answer asks for it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** One thing to do later: setting it anew forgets the one before. It keeps no process alive. */
export function createTimer() {
  let timer: NodeJS.Timeout | undefined;
  return {
    set(ms: number, act: () => void): void {
      clearTimeout(timer);
      timer = setTimeout(act, ms).unref();
    },
    clear: () => clearTimeout(timer),
  };
}
