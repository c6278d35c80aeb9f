import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { stalePackages } from "./stalePackages.ts";

describe("the packages that go would still compile", () => {
  const read = (stdout: string) => stalePackages.read(answer(stdout), launchOf({}));

  it("are counted", () => {
    const stdout = "cache /c\ncompile fmt\ncompile runtime\ngo ended with code 0\n";
    assert.deepEqual(read(stdout), { stale: 2, cache: "/c" });
  });

  it("are unknown where go refuses or is cut off", () => {
    assert.throws(() => read("cache /c\ngo ended with code 1\n"), /code 1/);
    assert.throws(() => read("cache /c\ncompile fmt\n"), /cut off/);
  });
});
