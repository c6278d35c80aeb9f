import assert from "node:assert/strict";
import { join } from "node:path";
import { build } from "esbuild";
import { common } from "../../scripts/programs.ts";

type Register = typeof import("./tools.ts")["registerTools"];

describe("the tools for language models, in an editor", () => {
  let code: string;
  before("bundle what registers them", async () => {
    const entryPoints = [join(import.meta.dirname, "tools.ts")];
    const { outputFiles } = await build({ ...common, entryPoints, external: ["vscode"], write: false });
    code = outputFiles[0]?.text ?? "";
  });

  /** How many it registers in an editor with this API, and what it says has failed. */
  function registered(vscode: object): { names: unknown[]; failed: unknown[] } {
    const module: { exports: { registerTools?: Register } } = { exports: {} };
    new Function("require", "module", code)(() => vscode, module);
    const failed: unknown[] = [];
    const load = () => assert.fail("nothing is loaded before a tool is used");
    const names = module.exports.registerTools?.(load, (error) => void failed.push(error)) ?? [];
    return { names, failed };
  }

  it("are registered by the names that package.json has", () => {
    const { names, failed } = registered({ lm: { registerTool: (name: string) => name } });
    assert.deepEqual(names, [
      "delve_doctor_check_launch_json",
      "delve_doctor_diagnose_launch",
      "delve_doctor_last_report",
    ]);
    assert.deepEqual(failed, []);
  });

  it("are left out where the editor has no language models, or no tools for them", () => {
    for (const vscode of [{}, { lm: undefined }, { lm: {} }, { lm: { tools: [] } }])
      assert.deepEqual(registered(vscode), { names: [], failed: [] });
  });

  it("stop nothing where the editor refuses them", () => {
    const refused = new Error("no such tool");
    const registerTool = () => {
      throw refused;
    };
    assert.deepEqual(registered({ lm: { registerTool } }), { names: [], failed: [refused] });
  });
});
