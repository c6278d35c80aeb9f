import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { programEnd } from "./programEnd.ts";
import { runningProgram } from "./runningProgram.ts";

const said = `program 17718 x86_64
dlv-stdin socket:[5023881]
thread 17718 S unix_stream_read_generic 0 0x0 0x1ee8975d8000 0x1000 0x0 0x0 0x0 0x1ee8975c2788 0x40a6ce
thread 17719 R 0 running
thread 17720 t ptrace_stop -1 0x35776885eee8 0x4bf0b2
thread 17721 S futex_do_wait 
file 0 socket:[5023881]
file 5 /tmp/with space
work 5 2521 100
tcp 0100007F:C35A 0100007F:1538 01 00000000:00000010
tcp 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000
work 6 2529 100
unix /run/docker.sock
unix /run/docker.sock
`;

describe("what a running program does", () => {
  it("is read thread by thread, file by file and socket by socket", () => {
    const program = runningProgram.read(answer(said), launchOf({}));
    assert.ok(program !== undefined);
    assert.deepEqual(program.threads, [
      { tid: 17718, state: "S", wchan: "unix_stream_read_generic", syscall: { number: 0, first: 0n } },
      { tid: 17719, state: "R", wchan: "" },
      { tid: 17720, state: "t", wchan: "ptrace_stop" },
      { tid: 17721, state: "S", wchan: "futex_do_wait" },
    ]);
    assert.equal(program.files.get(5), "/tmp/with space");
    assert.deepEqual(program.sockets, [
      { state: "ESTABLISHED", local: "127.0.0.1:50010", remote: "127.0.0.1:5432", txQueue: 0, rxQueue: 16 },
      { state: "LISTEN", local: "[::1]:8080", remote: "[::]:0", txQueue: 0, rxQueue: 0 },
    ]);
    assert.equal(program.worked, false);
    assert.deepEqual(program.unixPeers, ["/run/docker.sock"]);
    assert.equal(runningProgram.read(answer(""), launchOf({})), undefined);
  });

  it("is work where time or bytes went into it meanwhile, or where nobody could look twice", () => {
    const worked = (text: string) => runningProgram.read(answer(text), launchOf({}))?.worked;
    assert.equal(worked(said.replace("work 6", "work 9")), true);
    assert.equal(worked(said.replace("2529", "4000")), true);
    assert.equal(worked(said.replace(/^work 6.*\n/m, "")), true);
  });
});

describe("how a program ended", () => {
  const end = (text: string) => programEnd.read(answer(text), launchOf({}));
  it("is the low bits of a dead one's wait status", () => {
    assert.deepEqual(end("pid 7\ndlv 1\nstat Z 1 5497 0 9\n"), {
      pid: 7,
      state: "dead",
      signal: 9,
    });
    assert.deepEqual(end("pid 7\ndlv 1\nstat Z 1 5497 0 256\n"), { pid: 7, state: "dead" });
    assert.deepEqual(end("pid 7\ndlv 1\nstat t 1 5497 0 0\n"), { pid: 7, state: "alive" });
    assert.deepEqual(end("pid 7\ndlv 2\nstat Z 1 5497 0 9\n"), { pid: 7, state: "gone" }, "another's");
    assert.deepEqual(end("pid 7\n"), { pid: 7, state: "gone" });
    assert.equal(end(""), undefined);
  });
});
