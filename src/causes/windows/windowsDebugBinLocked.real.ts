import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { windowsDebugBinLocked } from "./windowsDebugBinLocked.ts";

describe("a file that Windows holds, on this machine", () => {
  it("is none, because dlv does not run on Windows here", async () => {
    const said = "could not remove C:\\w\\__debug_bin: remove C:\\w\\__debug_bin: Access is denied.";
    silent(await examined(windowsDebugBinLocked, { said }), "Linux, and the words of Windows about a file");
  });
});
