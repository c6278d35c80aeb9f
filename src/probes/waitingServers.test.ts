import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { waitingServers } from "./waitingServers.ts";

const read = (stdout: string, code = 0) => waitingServers.read(answer(stdout, code), launchOf({}));

describe("the servers that wait for a client", () => {
  it("are read with their port and the program that has not begun", () => {
    const argv = ["dlv", "exec", "/app", "--headless", "--listen=:2345"];
    const stdout = `server 7 1 19 00000000000000000000000000000000:0929 my app\nargv 7 ${argv.join("\u001f")}\u001f\n`;
    assert.deepEqual(read(stdout), [
      { pid: 7, ppid: 1, argv, port: 2345, host: "127.0.0.1", program: { pid: 19, name: "my app" } },
    ]);
    const elsewhere = stdout.replace(/0{32}/, "0700000A");
    assert.equal(read(elsewhere)[0]?.host, "10.0.0.7");
    assert.equal(read(`${elsewhere}apart 7\n`)[0]?.host, undefined);
  });

  it("are not those that let their program run by themselves, nor a session of an editor", () => {
    const server = "server 7 1 19 0100007F:0929 app\n";
    assert.deepEqual(read(`${server}argv 7 dlv\u001fexec\u001f--headless\u001f--continue\u001f\n`), []);
    assert.deepEqual(read(`${server}argv 7 dlv\u001fdap\u001f\n`), []);
  });

  it("are none where a client is there, and unknown where the sockets cannot be read", () => {
    assert.deepEqual(read("argv 7 dlv\u001fexec\u001f\n"), []);
    assert.throws(() => read("", 74), /proc\/net\/tcp/);
  });
});
