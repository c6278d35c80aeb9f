import { failed } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { antivirusBlocksDlv } from "./antivirusBlocksDlv.ts";

describe("a virus scanner's words on this machine", () => {
  it("say nothing, because dlv does not run on Windows here", async () => {
    const words =
      "fork/exec C:\\w\\a.exe: Operation did not complete successfully because the file contains a virus";
    silent(await examined(antivirusBlocksDlv, failed(words)), "Linux, and the words of a virus scanner");
  });
});
