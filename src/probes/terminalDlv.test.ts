import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { terminalDlv } from "./terminalDlv.ts";

describe("a dlv that is to dial back", () => {
  const read = (stdout: string, code = 0) => terminalDlv.read(answer(stdout, code), launchOf({}));

  it("is read with its children, its terminal and its network", () => {
    const stdout =
      "process 40 S 0 34816 yes 127.0.0.1:4000 sudo\nprocess 41 T 2 0 no 127.0.0.1:4001 my dlv\n";
    const common = { children: 0, terminal: true, sameNetwork: true };
    assert.deepEqual(read(stdout), [
      { ...common, pid: 40, state: "S", address: "127.0.0.1:4000", name: "sudo" },
      {
        pid: 41,
        state: "T",
        children: 2,
        terminal: false,
        sameNetwork: false,
        address: "127.0.0.1:4001",
        name: "my dlv",
      },
    ]);
  });

  it("has a network that is not known where another user's link cannot be read", () => {
    const [one] = read("process 40 S 0 34816 unknown 127.0.0.1:4000 sudo\n");
    assert.ok(one !== undefined && !("sameNetwork" in one));
  });

  it("is nobody where nothing dials, and not known without /proc", () => {
    assert.deepEqual(read(""), []);
    assert.throws(() => read("", 71), /no \/proc/);
  });
});
