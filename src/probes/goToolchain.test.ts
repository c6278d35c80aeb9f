import assert from "node:assert/strict";
import { planned } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { goToolchain } from "./goToolchain.ts";

const read = (stdout: string, env: Readonly<Record<string, string>> = {}) =>
  goToolchain.read(
    { code: 0, stdout, stderr: "", timedOut: false },
    { ...planned({ env }, "/w"), timeline: noTimeline },
  );
const lines = "at /w/go.mod\nline-go 1.25\nline-toolchain go1.99.1\n";

describe("the go-toolchain probe", () => {
  it("reads the installed Go and the lines that ask for another", () => {
    assert.deepEqual(read(`env \nlocal go1.26.8\nnext\nfile auto\nnext\n${lines}`), {
      local: "1.26.8",
      setting: "auto",
      setBy: "default",
      file: "/w/go.mod",
      goLine: "1.25",
      toolchainLine: "1.99.1",
    });
  });

  it("lets the environment win over the user's file, and that over what Go ships", () => {
    const setting = (stdout: string, env = {}) => {
      const { setting, setBy } = read(stdout, env);
      return [setting, setBy];
    };
    const files = "file local\nnext\nfile auto\nnext\n";
    assert.deepEqual(setting(`env path\nlocal go1.26.8\n${files}`), ["path", "process"]);
    assert.deepEqual(setting(`env path\nlocal go1.26.8\n${files}`, { GOTOOLCHAIN: "path" }), [
      "path",
      "launch",
    ]);
    assert.deepEqual(setting(`env \nlocal go1.26.8\n${files}`), ["local", "file"]);
    assert.deepEqual(setting("env \nlocal go1.19.8\nnext\nnext\n"), ["", "default"]);
  });

  it("takes toolchain default for no wish at all", () => {
    const stdout = "env \nlocal go1.26.8\nnext\nnext\nat /w/go.mod\nline-toolchain default\n";
    assert.equal(read(stdout).toolchainLine, undefined);
  });
});
