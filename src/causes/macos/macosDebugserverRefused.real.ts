import assert from "node:assert/strict";
import { fakeMac } from "../../../test/lab/fakeMac.ts";
import { failed } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { macosDebugserverRefused } from "./macosDebugserverRefused.ts";

const stub = failed("could not launch process: stub exited while waiting for connection: exit status 0");

describe("debugserver's rights, as a script asks for them", () => {
  it("are clear on this machine, which is no Mac", async () => {
    const here = await examined(macosDebugserverRefused, stub);
    silent(here, "Linux, and the words of a Mac without developer mode");
    assert.deepEqual(here.verdicts.unknown, []);
  });

  it("are read from a Mac's own words", async () => {
    const mac = fakeMac({
      sw_vers: "15.0",
      // man DevToolsSecurity(1); `sudo DevToolsSecurity` in go-delve/delve#3406 says "already enabled".
      DevToolsSecurity: "Developer mode is currently disabled.",
      // man dseditgroup(8), option checkmember.
      dseditgroup: "no ann is NOT a member of _developer!67",
      sysctl: "0",
    });
    try {
      const { verdicts } = await examined(macosDebugserverRefused, stub, { env: { PATH: mac.path } });
      assert.deepEqual(verdicts.unknown, []);
      const [found] = verdicts.findings;
      assert.equal(found?.certainty, "likely");
      assert.match(found.because, /developer mode is off, and \S+ is not a member/);
      assert.ok(found.evidence.includes("macOS 15.0"));
    } finally {
      mac.remove();
    }
  });
});
