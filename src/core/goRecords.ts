import { flagName, withoutFlag } from "./goBuild.ts";
import { splitGoflags } from "./goflags.ts";

/** The flags with which a go command writes a file about itself (cmd/go/internal/work/build.go). */
const records = ["debug-trace", "debug-actiongraph", "debug-runtime-trace"];

/** Build flags without those that have go write about itself: who only looks at a build must not overwrite the file of it. */
export function withoutRecords(words: readonly string[]): string[] {
  return records.reduce((rest, name) => withoutFlag(rest, name), [...words]);
}

/** The same for the GOFLAGS of an environment, which is handed back as it is where they hold no such flag. */
export function envWithoutRecords(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const words = splitGoflags(env["GOFLAGS"] ?? "") ?? [];
  // Each word of GOFLAGS is a flag of its own, its value included.
  const kept = words.filter((word) => !records.includes(flagName(word) ?? ""));
  return kept.length === words.length ? env : { ...env, GOFLAGS: kept.map(quoted).join(" ") };
}

function quoted(word: string): string {
  if (!/[\s'"]/.test(word)) return word;
  return word.includes("'") ? `"${word}"` : `'${word}'`;
}
