import { asBuildFlags } from "../../core/flagQuoting.ts";

/** The value of an edit that leaves these words of `buildFlags`, in the form they are written in; none where none is left. */
export function keptFlags(
  words: readonly string[],
  flags: unknown,
): { readonly value?: string | readonly string[] } {
  if (words.length === 0) return {};
  return { value: asBuildFlags(words, Array.isArray(flags) ? "list" : "text") };
}
