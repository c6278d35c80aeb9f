import assert from "node:assert/strict";
import { type SelfTest, stepIds } from "../../src/selftest/steps.ts";

/** Reads a self-test in the form that docs/selftest.md promises. */
export function assertSelfTest(json: string): SelfTest {
  const test = JSON.parse(json) as SelfTest;
  assert.equal(test.version, 1);
  assert.equal(typeof test.host.name, "string");
  assert.ok(Number.isInteger(test.ms));
  assert.deepEqual(
    test.steps.map(({ id }) => id),
    stepIds,
  );
  for (const step of test.steps) {
    assert.ok(["works", "fails", "not-tried"].includes(step.result), step.id);
    assert.equal(step.because !== undefined, step.result !== "works", step.id);
    if (step.ms !== undefined) assert.ok(Number.isInteger(step.ms), step.id);
    for (const cause of step.causes ?? []) assert.ok(test.findings.some((one) => one.cause === cause));
  }
  assert.equal(
    test.works,
    test.steps.every(({ result }) => result === "works"),
  );
  return test;
}

/** The steps that work, and of those that fail the first cause. */
export function outcomeOf({ steps }: SelfTest): {
  works: string[];
  fails: Record<string, string | undefined>;
} {
  const works = steps.filter(({ result }) => result === "works").map(({ id }) => id);
  const failed = steps.filter(({ result }) => result === "fails");
  return { works, fails: Object.fromEntries(failed.map(({ id, causes }) => [id, causes?.[0]])) };
}
