import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { loopback } from "./loopback.ts";
import { wslNetwork } from "./wslNetwork.ts";

describe("the try of loopback", () => {
  const read = (stdout: string) => loopback.read(answer(stdout), launchOf({}));

  it("is read with its outcome, its time and the kernel's word", () => {
    assert.deepEqual(read("perl connected 0 \n"), { by: "perl", outcome: "connected", ms: 0, error: "" });
    assert.deepEqual(read("python3 connect 12 Network is unreachable\n"), {
      by: "python3",
      outcome: "connect",
      ms: 12,
      error: "Network is unreachable",
    });
    assert.equal(read("perl silence 3002 \n")?.outcome, "silence");
  });

  it("is no fact where nothing could try", () => assert.equal(read(""), undefined));
});

describe("WSL's network mode", () => {
  const read = (stdout: string) => wslNetwork.read(answer(stdout), launchOf({}));

  it("is wslinfo's word, nothing without wslinfo, and no fact outside WSL", () => {
    assert.equal(read("wsl mirrored\n"), "mirrored");
    assert.equal(read("wsl \n"), "");
    assert.equal(read(""), undefined);
  });
});
