import assert from "node:assert/strict";
import { launchOf } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { ask } from "../../examine/ask.ts";
import { localHost } from "../../hosts/local.ts";
import { linuxVersion } from "../../probes/linuxVersion.ts";
import { wsl1Ptrace } from "./wsl1Ptrace.ts";

describe("the kernel of this machine", () => {
  it("is a real one, and says so", async () => {
    const facts = await ask(localHost, launchOf({ __buildDir: "/tmp" }), new Set([linuxVersion]));
    const fact = facts.get(linuxVersion);
    assert.ok(fact !== undefined && "value" in fact, JSON.stringify(fact));
    assert.match((fact.value as { release: string }).release, /^\d+\.\d+/);
    const load = { name: "load", startMs: 0, ms: 30_000, parts: [] } as const;
    silent(
      await examined(wsl1Ptrace, { current: "load", phases: [load] }),
      "a real Linux whose load is slow",
    );
  });
});
