import assert from "node:assert/strict";
import { oldDelve } from "../../scripts/setup/delve.ts";
import { type Pair, runPair, wrong } from "./matrix.ts";

/** `npm run matrix` runs every fault with every pair; these are enough to see that the table still holds. */
const few = [
  "a healthy launch",
  "a mode that there is not",
  "half a pair of paths",
  "build flags that are a list",
  "a truth value in quotes",
  "an attach to nothing",
  "a process id below 1",
  "a stripped binary",
];

describe("the table of texts, with real Delve releases", function () {
  this.timeout(300_000);

  it("knows what an old Delve says", async () => {
    const seen = await launched({ delve: oldDelve.version, builtWith: oldDelve.go, go: oldDelve.go });
    assert.deepEqual(seen, {
      "a healthy launch": "stopped A22",
      "a mode that there is not": "failed A22 C6",
      "half a pair of paths": "failed A22 C4",
      "build flags that are a list": "initialized A22",
      "a truth value in quotes": "failed A22 C3",
      "an attach to nothing": "failed A22 C9",
      // A panic, which Delve answers without naming the request.
      "a process id below 1": "failed A22 B12",
      "a stripped binary": "exited A22 F2 L1",
    });
  });

  it("knows what the newest Delve says", async () => {
    const seen = await launched();
    assert.equal(seen["a process id below 1"], "failed A22 C12");
    assert.equal(seen["a stripped binary"], "exited A22 F2 L2");
  });
});

/** How each launch ended and the rows of what was said, by its name. The newest Delve and its Go when not said. */
async function launched(pair?: Pair): Promise<Readonly<Record<string, string>>> {
  const seen = await runPair(pair, ({ name }) => few.includes(name));
  assert.equal(seen.length, few.length);
  assert.deepEqual(
    seen.flatMap((one) => wrong(one) ?? []),
    [],
  );
  const healthy = seen.filter(({ fault }) => fault.rows.length === 0);
  assert.deepEqual(
    healthy.flatMap(({ causes }) => causes),
    [],
  );
  return Object.fromEntries(seen.map(({ fault, ended, rows }) => [fault.name, [ended, ...rows].join(" ")]));
}
