import type { Report } from "../report/report.ts";
import type { Book } from "./book.ts";
import type { StepId } from "./steps.ts";

/** What came of trying something: what it gave, or why it did not work, and how long (ms) that took. */
export type Attempt<T> = { readonly ms: number } & ({ readonly value: T } | { readonly because: string });

/** Tries something, and takes the time. Never rejects. */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  const since = performance.now();
  const ms = () => performance.now() - since;
  try {
    const value = await work();
    return { value, ms: ms() };
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error), ms: ms() };
  }
}

/** Writes an attempt down whose value is what was seen. `report` says why it failed, where it did. */
export function writeAttempt(book: Book, id: StepId, one: Attempt<string>, report?: Report): void {
  const { ms } = one;
  if ("because" in one) book.fails(id, one.because, { ms }, report);
  else book.works(id, { ms, detail: one.value });
}
