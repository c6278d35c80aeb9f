/** What is shown on a line of a file: a rule's complaint, or a finding of a launch, by its code. */
export interface Shown {
  /** Counted from 0. */
  readonly line: number;
  readonly code: string;
}

/**
 * The complaints that are still worth a line of their own beside the findings of the last launch. A rule that prevents the
 * very cause that was found on its line says it a second time; the finding has seen it happen, so the finding stays.
 */
export function withoutDoubles<T extends Shown>(
  complaints: readonly T[],
  findings: readonly Shown[],
  prevents: (code: string) => readonly string[],
): readonly T[] {
  return complaints.filter(
    ({ line, code }) =>
      !findings.some((finding) => finding.line === line && prevents(code).includes(finding.code)),
  );
}
