import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { oomdKills } from "../../probes/oomdKills.ts";
import { systemdOomd } from "./systemdOomd.ts";

/** The words of systemd's oomd-manager.c (v255), as journalctl -o short-unix prints them. */
const journal = `now 1700000100
1700000010.5 box systemd-oomd[812]: Killed /user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-code-4711.scope due to memory pressure for /user.slice/user-1000.slice/user@1000.service being 62.33% > 50.00% for > 20s with reclaim activity
1700000090.5 box systemd-oomd[812]: Killed /user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope due to memory used (16384000) / total (16777216) and swap used (1000) / total (1024) being more than 90.00%
`;
const kills = oomdKills.read(answer(journal), launchOf({}));
const killed: Partial<Timeline> = {
  ...failed("the connection to Delve broke"),
  dlv: { pid: 5, argv: [], cwd: "/w", exit: { code: null, signal: "SIGKILL" } },
};

describe("systemd-oomd", () => {
  it("is likely where the journal has a kill within the launch", () => {
    const found = judge(systemdOomd, { kills }, launchOf({}, killed));
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /vte-spawn-1\.scope: memory used/);
    assert.match(found.evidence[0] ?? "", /9\.5 s ago/);
    assert.deepEqual(
      found.fixes.map(({ id, preferred }) => [id, preferred]),
      [["systemd-oomd/less-pressure", true]],
    );
  });

  it("is silent once it kills no more, as its fix makes it", () => {
    assert.equal(judge(systemdOomd, { kills: [] }, launchOf({}, killed)), undefined);
    assert.equal(judge(systemdOomd, { kills }, launchOf({}, underWay)), undefined);
  });

  it("is silent for a kill at another time, and for a launch in which nothing was killed", () => {
    const early = kills.filter(({ group }) => group.includes("gnome-code"));
    assert.equal(early.length, 1);
    assert.equal(judge(systemdOomd, { kills: early }, launchOf({}, killed)), undefined);
    assert.equal(judge(systemdOomd, { kills }, launchOf({}, failed("exit status 1", "build"))), undefined);
  });

  it("hears nothing where there is no journal", () => {
    assert.deepEqual(oomdKills.read(answer(""), launchOf({})), []);
  });
});
