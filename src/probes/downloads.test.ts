import assert from "node:assert/strict";
import { planned } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { downloads } from "./downloads.ts";
import { socketBytes } from "./socketBytes.ts";

const launch = { ...planned({}, "/w"), timeline: noTimeline };
const answer = (stdout: string) => ({ code: 0, stdout, stderr: "", timedOut: false });

describe("the downloads probe", () => {
  it("names modules and toolchains by the locks that go holds open", () => {
    const cache = "/home/u/go/pkg/mod/cache/download";
    const stdout = [
      `12 ${cache}/example.com/greeting/@v/v1.0.0.lock`,
      `12 ${cache}/github.com/!burnt!sushi/toml/@v/v1.4.0.lock`,
      `13 ${cache}/golang.org/toolchain/@v/v0.0.1-go1.99.0.linux-amd64.lock`,
      `13 ${cache}/golang.org/toolchain/@v/v0.0.1-go1.27rc1.linux-arm64.lock`,
      `13 ${cache}/vcs/0123.lock`,
      "",
    ].join("\n");
    assert.deepEqual(
      downloads.read(answer(stdout), launch).map(({ pid, module, toolchain }) => [pid, module ?? toolchain]),
      [
        [12, "example.com/greeting@v1.0.0"],
        [12, "github.com/BurntSushi/toml@v1.4.0"],
        [13, "go1.99.0"],
        [13, "go1.27rc1"],
      ],
    );
  });
});

describe("the socket-bytes probe", () => {
  it("reads what ss says, and takes what it leaves out for nothing", () => {
    const stdout = `ESTAB 0 0 127.0.0.1:47032 127.0.0.1:38277 users:(("go",pid=11,fd=10))
\t bbr wscale:10,10 bytes_sent:130 bytes_acked:131 segs_out:3
ESTAB 0 0 [::1]:47034 [::1]:38277 users:(("go",pid=12,fd=7),("go",pid=13,fd=7))
\t cubic bytes_sent:130 bytes_received:4711 segs_in:2
LISTEN 0 128 0.0.0.0:22 0.0.0.0:*
`;
    assert.deepEqual(
      [...socketBytes.read(answer(stdout), launch)],
      [
        ["11 127.0.0.1:47032", 0],
        ["12 [::1]:47034", 4711],
        ["13 [::1]:47034", 4711],
      ],
    );
    assert.equal(socketBytes.read(answer(""), launch).size, 0);
  });
});
