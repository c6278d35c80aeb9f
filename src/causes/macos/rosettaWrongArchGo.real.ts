import assert from "node:assert/strict";
import { join } from "node:path";
import { fakeMac } from "../../../test/lab/fakeMac.ts";
import { failed } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { rosettaWrongArchGo } from "./rosettaWrongArchGo.ts";

const refused = failed(
  "could not launch process: can not run under Rosetta, check that the installed build of Go is right for your CPU architecture",
);

describe("the processor that programs are made for, as a script asks for it", () => {
  it("is no matter on this machine, which is no Mac", async () => {
    const here = await examined(rosettaWrongArchGo, refused);
    silent(here, "Linux, and the words of a translated dlv");
    assert.deepEqual(here.verdicts.unknown, []);
  });

  it("is read from sysctl's and file's own words", async () => {
    // `file -b` of a program for Intel, and sysctl of a translated shell.
    const mac = fakeMac({ sysctl: "1", file: "Mach-O 64-bit executable x86_64", go: "", dlv: "" });
    try {
      const config = { env: { PATH: mac.path }, dlvToolPath: join(mac.folder, "dlv") };
      const { verdicts } = await examined(rosettaWrongArchGo, refused, config);
      assert.deepEqual(verdicts.unknown, []);
      const evidence = verdicts.findings[0]?.evidence ?? [];
      assert.deepEqual(evidence.slice(-2), ["file: dlv is x86_64", "file: go is x86_64"]);
    } finally {
      mac.remove();
    }
  });
});
