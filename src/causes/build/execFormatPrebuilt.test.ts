import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import type { ProgramFile } from "../../probes/programFile.ts";
import { execFormatPrebuilt } from "./execFormatPrebuilt.ts";

const healthy: ProgramFile = {
  path: "/w/app",
  kind: "file",
  bytes: 2_000_000,
  executable: true,
  format: "elf",
  machine: 62,
  bits: 64,
  host: "x86_64",
  interpreterExists: false,
  cwd: "",
  cwdExists: true,
};
const enoexec = failed("Failed to launch: could not launch process: fork/exec /w/app: exec format error");
const refused = failed("Failed to launch: could not launch process: not an executable file");
const exec = { mode: "exec", program: "/w/app" };

function found(file: Partial<ProgramFile>, timeline = refused) {
  const one = judge(execFormatPrebuilt, { file: { ...healthy, ...file } }, launchOf(exec, timeline));
  return one === undefined ? undefined : { cause: "", title: "", ...one };
}

describe("exec-format-prebuilt", () => {
  it("compares the processor of the header with this machine's; one that fits silences it", () => {
    const arm = found({ machine: 183 }, enoexec);
    assert.equal(arm?.certainty, "proven");
    assert.equal(arm.because, "/w/app is built for arm64, and this machine is x86_64.");
    assert.deepEqual(arm.explains, { phase: "load", ms: 10 });
    assert.equal(preferredFix(arm).action.kind, "advice");
    assert.equal(found({}, enoexec), undefined);
    assert.equal(found({ machine: 3 }, enoexec), undefined);
  });

  const formats: Readonly<Record<string, Partial<ProgramFile>>> = {
    "is empty": { format: "empty", bytes: 0 },
    "is a script": { format: "text" },
    "is no program": { format: "none" },
    "is an archive": { format: "archive" },
    "is a program for Windows": { format: "pe" },
    "is a directory": { kind: "directory" },
  };
  for (const [words, file] of Object.entries(formats))
    it(`says of a file that it ${words}`, () => assert.match(found(file)?.because ?? "", new RegExp(words)));

  it("gives a lost execute bit back, and takes it away again", () => {
    const bit = found({ executable: false });
    assert.match(bit?.because ?? "", /has no execute bit/);
    assert.deepEqual(preferredFix(bit).action, {
      kind: "command",
      argv: ["chmod", "+x", "/w/app"],
      undo: ["chmod", "-x", "/w/app"],
    });
    const { machine: _, ...script } = { ...healthy, format: "none" as const, executable: false };
    assert.equal(preferredFix(found(script)).action.kind, "advice");
  });

  it("leaves a good program (noexec), a missing one and an unknown processor to others", () => {
    assert.equal(found({}), undefined);
    assert.equal(found({ kind: "missing", bytes: 0, format: "empty" }), undefined);
    assert.equal(found({ host: "sparc64", machine: 183 }), undefined);
  });

  it("looks only at a program that is run as it is, and not at one under way", () => {
    const file = { ...healthy, machine: 183 };
    assert.equal(judge(execFormatPrebuilt, { file }, launchOf({}, enoexec)), undefined);
    assert.equal(judge(execFormatPrebuilt, { file }, launchOf(exec, underWay)), undefined);
    assert.ok(judge(execFormatPrebuilt, { file }, launchOf(exec)));
  });
});
