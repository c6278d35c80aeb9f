import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import type { Certainty } from "../../src/core/cause.ts";
import type { Finding, Verdicts } from "../../src/core/finding.ts";
import { preferredFix } from "./relaunch.ts";

/** What an examination in the lab came to, of a launch or without one. */
export interface Judged {
  readonly verdicts: Verdicts;
  /** How the launch ended; absent where there was none. */
  readonly ended?: string;
  /** From the stall or the failure to the ranked diagnosis, in ms. */
  readonly namedMs?: number;
}

type Named = readonly { readonly cause: string; readonly certainty: Certainty }[];

/** A line of the score (docs/score.md). `right` are the causes that are really there: the fault, and what it brings with it. */
export type ScoreRow =
  | {
      readonly kind: "fault";
      readonly cause: string;
      readonly certainty: Certainty;
      readonly right: readonly string[];
      readonly named: Named;
      readonly namedMs?: number;
    }
  | { readonly kind: "fix"; readonly cause: string; readonly fix: string; readonly worked: boolean }
  | {
      readonly kind: "healthy";
      readonly what: string;
      /** How it ended and how it should have; absent where there was no launch. */
      readonly ended?: string;
      readonly goal?: string;
      readonly named: Named;
    };

/**
 * Asserts that the fault is named first and as sure as it may be; `also` are other causes that this fault really brings
 * with it. Whatever was named goes into the score first, right or wrong. Returns the finding.
 */
export function named(
  { verdicts, namedMs }: Judged,
  cause: string,
  certainty: Certainty,
  also: readonly string[] = [],
): Finding {
  const right = [cause, ...also];
  const common = { kind: "fault", cause, certainty, right, named: inShort(verdicts) } as const;
  record({ ...common, ...(namedMs !== undefined && { namedMs }) });
  const [first] = verdicts.findings;
  assert.equal(first?.cause, cause, JSON.stringify(verdicts.findings, null, 1));
  assert.equal(first.certainty, certainty, JSON.stringify(first, null, 1));
  const wrong = verdicts.findings.filter((finding) => !right.includes(finding.cause));
  assert.deepEqual(wrong, [], "what is not there was found as well");
  return first;
}

/** Asserts that the launch with the preferred fix of `finding` reached its goal, and that nothing is found any more. */
export function cured(finding: Finding, { ended, verdicts }: Judged, goal = "stopped"): void {
  const worked = (ended === undefined || ended === goal) && verdicts.findings.length === 0;
  record({ kind: "fix", cause: finding.cause, fix: preferredFix(finding).id, worked });
  if (ended !== undefined) assert.equal(ended, goal, JSON.stringify(verdicts.findings, null, 1));
  assert.deepEqual(verdicts.findings, []);
}

/** Asserts that nothing at all is found where nothing is wrong. `what` names the healthy twin. */
export function silent({ ended, verdicts }: Judged, what: string, goal = "stopped"): void {
  observed({ verdicts, ...(ended !== undefined && { ended }) }, what, goal);
  if (ended !== undefined) assert.equal(ended, goal, JSON.stringify(verdicts.findings, null, 1));
  assert.deepEqual(verdicts.findings, []);
}

/** Writes down what was found in a launch that nothing is wrong with, and asserts nothing: how often that happens is the score. */
export function observed({ ended, verdicts }: Judged, what: string, goal: string): void {
  const common = { kind: "healthy", what, named: inShort(verdicts) } as const;
  record({ ...common, ...(ended !== undefined && { ended, goal }) });
}

function inShort({ findings }: Verdicts): Named {
  return findings.map(({ cause, certainty }) => ({ cause, certainty }));
}

/** One line of JSON into the file that DELVE_DOCTOR_SCORE names; nothing where nobody keeps the score. */
function record(row: ScoreRow): void {
  const file = process.env["DELVE_DOCTOR_SCORE"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}
