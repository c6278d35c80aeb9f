import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { attachTarget } from "./attachTarget.ts";

function statusOf(of: "own" | "target", more: Readonly<Record<string, string>> = {}): string {
  const fields = {
    Name: "app",
    State: "S (sleeping)",
    TracerPid: "0",
    Uid: "7\t7\t7\t7",
    Gid: "8\t8\t8\t8",
    CapPrm: "0",
    ...more,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${of} ${name}:\t${value}\n`)
    .join("");
}

function read(target: Readonly<Record<string, string>>, namespace = "user:[1]") {
  const links = `target userns ${namespace}\nown userns user:[1]\n`;
  return attachTarget.read(
    answer(`pid 42\n${statusOf("target", target)}${statusOf("own")}${links}`),
    launchOf({}),
  );
}

describe("the process to attach to", () => {
  it("is ours to trace", () => {
    assert.deepEqual(read({}), {
      pid: 42,
      name: "app",
      state: "S",
      tracer: 0,
      ours: true,
      morePrivileged: false,
      sameUserNamespace: true,
    });
  });

  it("is not ours with one foreign id, more capabilities or another user namespace", () => {
    assert.equal(read({ Uid: "7\t0\t7\t7" })?.ours, false);
    assert.equal(read({ CapPrm: "0000000000000400" })?.morePrivileged, true);
    assert.equal(read({}, "user:[2]")?.sameUserNamespace, false);
    assert.equal(read({}, "")?.sameUserNamespace, true);
  });

  it("is no fact where there is none", () => {
    assert.equal(attachTarget.read(answer(""), launchOf({})), undefined);
  });
});
