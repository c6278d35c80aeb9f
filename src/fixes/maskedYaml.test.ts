import assert from "node:assert/strict";
import type { Fix } from "../core/fix.ts";
import { masked } from "./masked.ts";
import { maskedYaml } from "./maskedYaml.ts";
import { sharedDiffOf } from "./preview.ts";

describe("a YAML text for others to read", () => {
  it("hides what an environment, a command or a secret holds, and nothing else", () => {
    const text = `services:
  api: # ours
    image: api
    environment: { TOKEN: xyzzy }
    command: |
      serve --key=plugh
    env:
      - name: A
        value: "b"
    cap_add: [SYS_PTRACE]
`;
    assert.equal(
      maskedYaml(text, "…"),
      `services:
  api: # ours
    image: api
    environment: { TOKEN: "…" }
    command: "…"
    env:
      - name: "…"
        value: "…"
    cap_add: [SYS_PTRACE]
`,
    );
  });

  it("hides all of a text that it cannot read", () => {
    assert.equal(maskedYaml("a: [\n", "…"), "…");
  });

  it("is what a shared preview shows of a compose file, also where all is on one line", () => {
    const action = { kind: "file", path: "compose.yaml", container: "sys-ptrace" } as const;
    const fix: Fix = { id: "x/y", title: "", preferred: true, needsRoot: false, scope: "folder", action };
    const before = "services: { api: { environment: [ TOKEN=xyzzy ] } }\n";
    const after = "services: { api: { environment: [ TOKEN=xyzzy ], cap_add: [SYS_PTRACE] } }\n";
    const change = { kind: "text", file: "/w/compose.yaml", before, after } as const;
    assert.ok(!JSON.stringify(masked(fix, change)).includes("xyzzy"));
    assert.match(sharedDiffOf(fix, change), /^\+.*cap_add: \[SYS_PTRACE\]/m);
  });
});
