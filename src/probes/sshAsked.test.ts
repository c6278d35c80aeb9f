import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import type { Link } from "../core/link.ts";
import type { Probe } from "../core/probe.ts";
import { sshAliveMs, sshStreams, tunnelOf } from "./sshAsked.ts";

const none: Link = { refused: [], reopened: false };
const through = { pid: 7, name: "ssh", argv: ["ssh", "-NL", "2345:localhost:2345", "-p", "2200", "build7"] };
const tunnel = launchOf({}, { link: { ...none, stream: { address: "127.0.0.1:2345", through } } });
const argvOf = (one: Probe<unknown>, launch = tunnel): readonly string[] =>
  ("sh" in one ? one.args?.(launch) : undefined) ?? assert.fail();
const streams = (stderr: string, code = 255) => sshStreams.read(answer("", code, stderr), tunnel);

describe("asking the ssh of a tunnel", () => {
  it("asks where the tunnel goes, without a question and never for the debugger's port", () => {
    const argv = argvOf(sshStreams);
    assert.deepEqual(argv.slice(-6), ["-p", "2200", "-W", "127.0.0.1:9", "--", "build7"]);
    assert.ok(argv.includes("BatchMode=yes"));
    assert.doesNotMatch(argv.join(" "), /2345/);
  });

  it("asks nothing without a tunnel", () => {
    const launch = launchOf({});
    assert.equal(tunnelOf(launch), undefined);
    assert.deepEqual([argvOf(sshStreams, launch), argvOf(sshAliveMs, launch)], [[], []]);
    assert.equal(sshStreams.read(answer(""), launch), undefined);
    assert.equal(sshAliveMs.read(answer(""), launch), undefined);
  });

  it("tells a policy from a port where nobody is (OpenSSH 9.2)", () => {
    const failed = "\r\nstdio forwarding failed\r\n";
    assert.equal(
      streams(`channel 0: open failed: administratively prohibited: open failed${failed}`),
      "prohibited",
    );
    assert.equal(streams(`channel 0: open failed: connect failed: Connection refused${failed}`), "given");
    assert.equal(streams("", 0), "given");
    assert.throws(() => streams("me@build7: Permission denied (publickey).\r\n"), /Permission denied/);
  });

  it("reads the keep-alive of ssh -G", () => {
    const read = (stdout: string) => sshAliveMs.read(answer(stdout), tunnel);
    assert.equal(read("user me\nserveraliveinterval 30\nserveralivecountmax 3\n"), 30_000);
    assert.equal(read("serveraliveinterval 0\n"), 0);
    assert.throws(
      () => sshAliveMs.read(answer("", 255, "Bad configuration option: x"), tunnel),
      /Bad config/,
    );
  });
});
