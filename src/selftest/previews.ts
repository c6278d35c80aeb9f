import { rootLine, shellLine } from "../fixes/shellLine.ts";
import type { ReportedFinding } from "../report/report.ts";

/** The commands that fixes come to, by the id of the fix. There is no launch.json here that a fix could change. */
export function previewsOf(findings: readonly ReportedFinding[]): ReadonlyMap<string, string> {
  return new Map(
    findings
      .flatMap(({ fixes }) => fixes)
      .flatMap(({ id, action, needsRoot }) => {
        if (action.kind !== "command") return [];
        return [[id, needsRoot ? rootLine(action.argv) : shellLine(action.argv)] as const];
      }),
  );
}
