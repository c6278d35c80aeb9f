import type { Certainty } from "../core/cause.ts";
import type { Finding } from "../core/finding.ts";

const weight: Readonly<Record<Certainty, number>> = { proven: 3, likely: 2, possible: 1 };

/**
 * Best first. What accounts for time or for the failure comes before what is merely wrong in the configuration; then
 * the surer; then the one that explains more milliseconds; then by id, so that a report is the same twice.
 */
export function rank(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      Number(b.explains !== undefined) - Number(a.explains !== undefined) ||
      weight[b.certainty] - weight[a.certainty] ||
      (b.explains?.ms ?? 0) - (a.explains?.ms ?? 0) ||
      a.cause.localeCompare(b.cause),
  );
}
