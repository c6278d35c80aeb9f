import assert from "node:assert/strict";
import { planned } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { gitRepository } from "./gitRepository.ts";

const read = (stdout: string) =>
  gitRepository.read(
    { code: 0, stdout, stderr: "", timedOut: false },
    { ...planned({}, "/w"), timeline: noTimeline },
  );
const failed = (said: string) => read(`code 128\nuser 0\nsaid ${said}\n`).state;

describe("the git-repository probe", () => {
  it("reads a refusal with the owner", () => {
    const said = "fatal: detected dubious ownership in repository at '/w'";
    assert.deepEqual(
      read(`code 128\nuser 0\nsaid ${said}\nsaid To add an exception:\nroot /w\nowner 1000\n`),
      {
        state: "refused",
        said,
        root: "/w",
        owner: "1000",
        user: "0",
      },
    );
  });

  it("tells the other ends of git apart", () => {
    assert.equal(read("code 0\nuser 0\nsaid .git\n").state, "accepted");
    assert.equal(read("absent\n").state, "absent");
    assert.equal(failed("fatal: not a git repository (or any of the parent directories): .git"), "none");
    assert.equal(failed("fatal: not a git repository: /gone/.git/worktrees/w"), "broken");
    assert.equal(failed("fatal: bad config line 1 in file .git/config"), "broken");
  });
});
