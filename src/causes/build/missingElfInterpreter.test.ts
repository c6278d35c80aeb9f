import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { type ProgramFile, programFile } from "../../probes/programFile.ts";
import { missingElfInterpreter } from "./missingElfInterpreter.ts";

const musl: ProgramFile = {
  path: "/w/app",
  kind: "file",
  bytes: 2_000_000,
  executable: true,
  format: "elf",
  machine: 62,
  bits: 64,
  host: "x86_64",
  interpreter: "/lib/ld-musl-x86_64.so.1",
  interpreterExists: false,
  cwd: "/w",
  cwdExists: true,
};
const enoent = failed(
  "Failed to launch: could not launch process: fork/exec /w/app: no such file or directory",
);
const exec = { mode: "exec", program: "/w/app" };

describe("missing-elf-interpreter", () => {
  it("is proven by the header and a loader that is not there; a program without one silences it", () => {
    const found = judge(missingElfInterpreter, { file: musl }, launchOf(exec, enoent));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "/w/app needs the loader /lib/ld-musl-x86_64.so.1, which does not exist here.",
    );
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.match(JSON.stringify(preferredFix({ cause: "", title: "", ...found })), /CGO_ENABLED=0/);
    const { interpreter: _, ...file } = musl;
    assert.equal(judge(missingElfInterpreter, { file }, launchOf(exec, enoent)), undefined);
  });

  it("takes -ldflags out where Delve builds with them, and leaves the other flags", () => {
    const own = {
      buildFlags: "-tags=a -ldflags='-linkmode=external -extldflags=-Wl,--dynamic-linker=/lib/no.so'",
    };
    const file = { ...musl, path: "", kind: "missing", interpreter: "/lib/no.so" };
    const found = judge(missingElfInterpreter, { file }, launchOf(own, enoent));
    assert.ok(found);
    assert.deepEqual(fixedConfig(own, { cause: "", title: "", ...found }), { buildFlags: ["-tags=a"] });
    const apart = { buildFlags: ["-ldflags", "-extldflags=-Wl,--dynamic-linker=/lib/no.so"] };
    const again = judge(missingElfInterpreter, { file }, launchOf(apart, enoent));
    assert.ok(again);
    assert.deepEqual(fixedConfig(apart, { cause: "", title: "", ...again }), {});
  });

  it("is silent where the loader is there, where it is the working directory that is gone, and under way", () => {
    const there = { ...musl, interpreterExists: true };
    assert.equal(judge(missingElfInterpreter, { file: there }, launchOf(exec, enoent)), undefined);
    const noCwd = { ...musl, cwdExists: false };
    assert.equal(judge(missingElfInterpreter, { file: noCwd }, launchOf(exec, enoent)), undefined);
    assert.equal(judge(missingElfInterpreter, { file: musl }, launchOf(exec, underWay)), undefined);
  });

  it("leaves a program of another processor to exec-format-prebuilt", () => {
    const file = { ...musl, host: "x86_64", machine: 183 };
    assert.equal(judge(missingElfInterpreter, { file }, launchOf(exec)), undefined);
    const own = { ...musl, host: "x86_64", machine: 62 };
    assert.ok(judge(missingElfInterpreter, { file: own }, launchOf(exec)));
  });

  it("also looks at a program without a launch", () => {
    assert.equal(judge(missingElfInterpreter, { file: musl }, launchOf(exec))?.explains, undefined);
    assert.equal(judge(missingElfInterpreter, { file: musl }, launchOf({})), undefined);
  });

  it("is read from od's numbers", () => {
    const text =
      "host x86_64\npath /w/app\ncwd /w\ncwd-there\nkind file\nbytes 2000000\nexecutable\nhead 7f454c4602010100\nbits 64\nmachine 62\ninterpreter /lib/ld-musl-x86_64.so.1\n";
    assert.deepEqual(programFile.read(answer(text), launchOf(exec)), musl);
    const format = (head: string) =>
      programFile.read(answer(`kind file\nbytes 8\nhead ${head}\n`), launchOf(exec)).format;
    assert.deepEqual(
      [
        "4d5a900003000000",
        "cffaedfe07000001",
        "0061736d01000000",
        "213c617263683e0a",
        "23212f62696e2f73",
        "6563686f20686920",
      ].map(format),
      ["pe", "mach-o", "wasm", "archive", "text", "none"],
    );
    assert.equal(programFile.read(answer("kind file\nbytes 0\nhead \n"), launchOf(exec)).format, "empty");
    assert.throws(
      () => programFile.read(answer("", 71, "the program cannot be read"), launchOf(exec)),
      /cannot be read/,
    );
  });
});
