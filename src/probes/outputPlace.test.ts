import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { mountOf, outputPlace } from "./outputPlace.ts";

const mountinfo = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /w rw,noexec,relatime shared:2 - tmpfs first rw
31 22 0:27 / /w rw,relatime - tmpfs second rw
32 22 0:28 / /with\\040space ro,noexec - vfat /dev/sdb1 rw
`;

describe("the place of the program", () => {
  it("is on the deepest mount above it, and of two on one point the later", () => {
    assert.deepEqual(mountOf("/w/app", mountinfo), {
      point: "/w",
      type: "tmpfs",
      options: ["rw", "relatime"],
    });
    assert.equal(mountOf("/work", mountinfo).point, "/");
    assert.deepEqual(mountOf("/with space", mountinfo).options, ["ro", "noexec"]);
  });

  it("is read with what came of running a file there and elsewhere", () => {
    const stdout = `dir /with space\ntried denied\nelsewhere /root\n${mountinfo}`;
    assert.deepEqual(outputPlace.read(answer(stdout), launchOf({})), {
      dir: "/with space",
      tried: "denied",
      mount: { point: "/with space", type: "vfat", options: ["ro", "noexec"] },
      elsewhere: "/root",
    });
  });

  it("is not written to where the mount lets programs run", () => {
    const stdout = `dir /w/app\ntried untried\n${mountinfo}`;
    assert.equal(outputPlace.read(answer(stdout), launchOf({})).tried, "untried");
  });

  it("is unknown where dlv's directory cannot be entered", () => {
    assert.throws(() => outputPlace.read(answer("", 1, "cd: can't cd to /x\n"), launchOf({})), /can't cd/);
  });
});
