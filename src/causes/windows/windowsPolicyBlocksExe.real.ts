import { failed } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { windowsPolicyBlocksExe } from "./windowsPolicyBlocksExe.ts";

describe("a Windows policy's words on this machine", () => {
  it("say nothing, because dlv does not run on Windows here", async () => {
    const words = "fork/exec C:\\w\\a.exe: This program is blocked by group policy.";
    silent(await examined(windowsPolicyBlocksExe, failed(words)), "Linux, and the words of a Windows policy");
  });
});
