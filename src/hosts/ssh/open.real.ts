import assert from "node:assert/strict";
import { skip } from "../../../test/lab/skip.ts";
import { scripted, withBlocks } from "../../../test/sshd/channels.ts";
import { noSshd, type Sshd, startSshd } from "../../../test/sshd/sshd.ts";
import { ways } from "../../../test/sshd/ways.ts";
import type { Person } from "../channel.ts";
import { openSsh } from "./open.ts";
import { thisMachine } from "./thisMachine.ts";

describe("opening an SSH host", function () {
  this.timeout(60_000);
  let sshd: Sshd;
  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    sshd = await startSshd();
  });
  after(async () => {
    await sshd?.stop();
  });

  const open = (alias: string, configFile: string, person: Person) =>
    openSsh(alias, {
      person,
      env: process.env,
      signal: AbortSignal.timeout(60_000),
      surroundings: { ...thisMachine(), configFile },
    });

  it("asks nobody about an unknown key where StrictHostKeyChecking is yes, and a person where it is anything else", async () => {
    const strictly = (value: string) =>
      withBlocks(sshd, `strict-${value}`, "Host unknown", `StrictHostKeyChecking ${value}`);
    const yes = scripted([], true);
    await assert.rejects(open("unknown", strictly("yes"), yes), {
      stage: "host key",
      message:
        /^unknown: host key: SHA256:\S+ \(ssh-ed25519\) is not known, and StrictHostKeyChecking is yes$/,
    });
    assert.deepEqual(yes.asked, []);
    for (const value of ["ask", "accept-new", "no", "off"]) {
      const no = scripted([]);
      await assert.rejects(open("unknown", strictly(value), no), { stage: "host key" }, value);
      assert.equal(no.asked.length, 1, value);
    }
  });

  for (const [way, through] of Object.entries(ways))
    it(`says how to accept an unknown key beforehand, by ${way}`, async () => {
      await assert.rejects(through("unknown", sshd.configFile), {
        stage: "host key",
        message:
          /^unknown: host key: .* is.* known.*, and nobody is here to accept it: once, run ssh unknown$/,
      });
    });

  it("names the aliases there are where a word is none of them and has no address", async () => {
    await assert.rejects(open("lbb.invalid", sshd.configFile, scripted([])), {
      stage: "resolve",
      message:
        /^lbb\.invalid: resolve: no address is known for it, and no Host line names it; ~\/\.ssh\/config has lab, locked, password, stranger, /,
    });
    const named = withBlocks(sshd, "named", "Host *.invalid", "User me");
    await assert.rejects(open("lbb.invalid", named, scripted([])), {
      stage: "resolve",
      message: /^lbb\.invalid: resolve: no (address is known|name server answered) for lbb\.invalid$/,
    });
  });
});
