import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dlv } from "../../../test/lab/tools.ts";
import { dlvCommand } from "../../core/dlvCommand.ts";
import { refusedFlags } from "./dlvFlags.ts";

/** What the rules say of a command of dlv, and what the real one makes of it. No program is there, so none is started. */
describe("flags of dlv", function () {
  this.timeout(120_000);
  let program: string;
  before(async () => {
    program = await dlv();
  });

  const complaints = (line: string) => {
    const words = ["dlv", ...line.split(" ")];
    return refusedFlags({ at: [], name: "a", value: {}, dlv: dlvCommand(words, []) }).length;
  };
  function answer(line: string): string {
    const { stdout, stderr, status } = spawnSync(program, line.split(" "), {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.notEqual(status, null, `dlv ${line} did not end`);
    return stdout + stderr;
  }

  for (const line of [
    "dap --continue",
    "dap --output x",
    "dap --tty x",
    "test --headless --continue --accept-multiclient .",
    "exec --headless --continue /nothing",
    "exec --continue --accept-multiclient /nothing",
    "exec --headless --accept-multicient /nothing",
    "exec -headless /nothing",
    "exec --Headless /nothing",
  ])
    it(`of "dlv ${line}" are refused`, () => {
      assert.ok(complaints(line) > 0);
      assert.match(answer(line), /unknown (?:shorthand )?flag|--continue (?:requires|only works)/);
    });

  for (const line of [
    "exec --headless --continue --accept-multiclient --listen=127.0.0.1:0 /nothing",
    "--headless=true --listen=127.0.0.1:0 --api-version=2 --log --log-output=dap exec /nothing",
    "exec --headless --continue=false -l 127.0.0.1:0 --wd /nothing /nothing",
    "exec --headless --listen=127.0.0.1:0 /nothing -- --continue",
  ])
    it(`of "dlv ${line}" are taken`, () => {
      assert.equal(complaints(line), 0);
      assert.match(answer(line), /could not launch process/);
    });
});
