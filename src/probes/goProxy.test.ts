import assert from "node:assert/strict";
import { planned } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { goProxy } from "./goProxy.ts";

const read = (stdout: string, env: Readonly<Record<string, string>> = {}, code = 0, stderr = "") =>
  goProxy.read(
    { code, stdout, stderr, timedOut: false },
    { ...planned({ env }, "/w"), timeline: noTimeline },
  );

describe("the go-proxy probe", () => {
  it("reads the value, what holds without the launch, and addresses as sockets show them", () => {
    const stdout =
      "value http://127.0.0.1:9\nstandard https://modules.example,direct\nenv\nrest https://modules.example,direct\nat GOPROXY 127.0.0.1 9 127.0.0.1:9\nat HTTPS_PROXY ::1 3128 cache\n";
    assert.deepEqual(read(stdout, { GOPROXY: "http://127.0.0.1:9" }), {
      value: "http://127.0.0.1:9",
      setBy: "launch",
      rest: "https://modules.example,direct",
      standard: "https://modules.example,direct",
      addresses: [
        { variable: "GOPROXY", address: "127.0.0.1:9", host: "127.0.0.1:9" },
        { variable: "HTTPS_PROXY", address: "[::1]:3128", host: "cache" },
      ],
    });
  });

  it("tells the four layers apart, the nearest first", () => {
    assert.equal(read("value x\nenv\nfile y\n", { GOPROXY: "x" }).setBy, "launch");
    assert.equal(read("value x\nenv\nfile y\n").setBy, "process");
    assert.equal(read("value y\nfile y\n").setBy, "file");
    assert.equal(read("value d\n").setBy, "default");
  });

  it("settles nothing without a go or a directory, and says which", () => {
    assert.throws(() => read("", {}, 78), /directory that dlv builds in does not exist/);
    assert.throws(() => read("", {}, 70, "sh: 3: go: not found"), /no go to ask/);
    assert.throws(() => read("", {}, 70, "go: something odd\n"), /something odd/);
  });
});
