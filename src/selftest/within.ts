import { say } from "../core/say.ts";
import { duration } from "../report/words.ts";

/** Waits for something no longer than `ms`, and no longer than nobody cancels. Rejects with one line where it does not come. */
export async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(say`it took more than ${duration(ms)}`)), ms);
    cancel = () => reject(new Error(say`it was cancelled`));
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    // What comes after that is nobody's any more.
    work.catch(() => {});
  }
}
