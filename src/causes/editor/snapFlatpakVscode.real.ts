import { join } from "node:path";
import { editorDid, examineBegun } from "../../../test/lab/editor.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";

/** No Flatpak and no snapd here: their outputs are in the small test. What is real is that a healthy machine has no finding. */
describe("an editor that is packaged", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  before(() => warmCache());
  after(() => lab.remove());

  it("is no finding where it is not, and none where only its variables are there", async () => {
    const at = async (more: Readonly<Record<string, string>>) =>
      examineBegun(
        debugConfig(folder, await labEnv(more), { dlvToolPath: await dlv() }),
        folder,
        editorDid(),
      );
    silent(await at({}), "an editor in no package");
    const classic = { SNAP: "/snap/code/156", SNAP_NAME: "code", FLATPAK_ID: "com.visualstudio.code" };
    silent(await at({ ...classic, GOPATH: join(folder, "go") }), "an editor from a classic snap");
  });
});
