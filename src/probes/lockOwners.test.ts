import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { fileWaits } from "./fileWaits.ts";
import { lockOwners } from "./lockOwners.ts";

describe("who waits for a file, and who has it", () => {
  it("reads owners, with the words of tools alone", () => {
    const text =
      "owner 20 77 FLOCK 99 12345 0 1 go\ncwd /my work\nargv go\x1fmod\x1fdownload\x1f\nowner 20 77 FLOCK 98 12 1 0 backup job\ncwd \nargv \n";
    assert.deepEqual(
      lockOwners
        .read(answer(text), launchOf({}))
        .map(({ pid, name, argv, cwd, idle }) => ({ pid, name, argv, cwd, idle })),
      [
        { pid: 99, name: "go", argv: ["go", "mod", "download"], cwd: "/my work", idle: true },
        { pid: 98, name: "backup job", argv: [], cwd: "", idle: false },
      ],
    );
  });

  it("puts a path on its mount, and takes what is no path for unknown", () => {
    const text = `wait 20 21 D 0 rpc_wait_bit_killable 0 go
path /home/me/go/pkg/mod/x y/go.mod
wait 20 22 S 1 nlmclnt_block 7 go
path socket:[99]
27 1 254:0 / / rw - ext4 /dev/vda rw
40 27 0:50 / /home/me/go rw - nfs4 server:/home rw
`;
    const [first, second] = fileWaits.read(answer(text), launchOf({}));
    assert.deepEqual(
      [first?.path, first?.mount?.point, first?.mount?.type, first?.locks, first?.inode],
      ["/home/me/go/pkg/mod/x y/go.mod", "/home/me/go", "nfs4", false, undefined],
    );
    assert.deepEqual(
      [second?.path, second?.mount, second?.locks, second?.inode],
      [undefined, undefined, true, 7],
    );
  });
});
