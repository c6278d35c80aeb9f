import assert from "node:assert/strict";
import { withSshOption } from "./editConfig.ts";

function edited(text: string, alias = "build7", key = "ServerAliveInterval", value = "15"): string {
  const edit = withSshOption(text, alias, key, value);
  assert.ok("text" in edit, "refused" in edit ? edit.refused : "");
  const again = withSshOption(edit.text, alias, key, value);
  assert.deepEqual(again, edit, "a second edit changes nothing");
  return edit.text;
}

describe("an option in ~/.ssh/config", () => {
  it("goes into the alias's own block, in the block's own form", () => {
    assert.equal(
      edited("Host build7\n\tHostName\tb7.lan # here\n\n# others\nHost *\n\tUser me\n"),
      "Host build7\n\tHostName\tb7.lan # here\n\tServerAliveInterval\t15\n\n# others\nHost *\n\tUser me\n",
    );
    assert.equal(
      edited("host=build7\r\n  hostname = b7.lan\r\n"),
      "host=build7\r\n  hostname = b7.lan\r\n  serveraliveinterval = 15\r\n",
    );
    assert.equal(
      edited("Host build7\n  Port      22"),
      "Host build7\n  Port      22\n  ServerAliveInterval 15",
    );
    assert.equal(edited('Host "build7"\n'), 'Host "build7"\n    ServerAliveInterval 15\n');
  });

  it("is changed in place where that block has it, its comment and the file's other bytes kept", () => {
    assert.equal(
      edited("# mine\nHost build7\n  serveraliveINTERVAL =  0   # never\n  Port 22\n"),
      "# mine\nHost build7\n  serveraliveINTERVAL =  15   # never\n  Port 22\n",
    );
    assert.equal(
      edited('Host build7\n  ServerAliveInterval "0"\n'),
      "Host build7\n  ServerAliveInterval 15\n",
    );
  });

  it("stands still where it is set already", () => {
    for (const text of [
      "Host build7\n  ServerAliveInterval 15\n",
      "ServerAliveInterval 15\nHost build7\n  Port 1\n",
      "Host build*\n  ServerAliveInterval 15\nHost build7\n  ServerAliveInterval 3\n",
    ])
      assert.equal(edited(text), text);
  });

  it("comes before the block that would win", () => {
    assert.equal(
      edited("Host a\n  Port 1\n\n# all\nHost *\n  ServerAliveInterval 0\n"),
      "Host a\n  Port 1\n\nHost build7\n  ServerAliveInterval 15\n\n# all\nHost *\n  ServerAliveInterval 0\n",
    );
    assert.equal(
      edited("Host b* !build8\n  ServerAliveInterval 0\nHost build7\n  Port 1\n"),
      "Host build7\n  ServerAliveInterval 15\n\nHost b* !build8\n  ServerAliveInterval 0\nHost build7\n  Port 1\n",
    );
    assert.equal(
      edited("Host a\n  Port 1\nMatch user me\n  ServerAliveInterval 15\n"),
      "Host a\n  Port 1\nHost build7\n  ServerAliveInterval 15\n\nMatch user me\n  ServerAliveInterval 15\n",
    );
  });

  it("comes before what is said for all hosts, which stays said for all", () => {
    assert.equal(
      edited("# mine\nServerAliveInterval 0\nHost build7\n  Port 1\n"),
      "Host build7\n  ServerAliveInterval 15\n\nHost *\n# mine\nServerAliveInterval 0\nHost build7\n  Port 1\n",
    );
  });

  it("gets a block of its own where there is none, before Host * and Match, else at the end", () => {
    assert.equal(edited(""), "Host build7\n    ServerAliveInterval 15\n");
    assert.equal(
      edited("Include conf.d/*\n"),
      "Include conf.d/*\n\nHost build7\n    ServerAliveInterval 15\n",
    );
    assert.equal(
      edited("Host a\n  Port 1\n\nHost !build7 *\n  Port 2"),
      "Host a\n  Port 1\n\nHost !build7 *\n  Port 2\n\nHost build7\n  ServerAliveInterval 15",
    );
    assert.equal(
      edited("Host a build7\n  Port 1\n"),
      "Host build7\n  ServerAliveInterval 15\n\nHost a build7\n  Port 1\n",
    );
  });

  it("is refused where it would not be one option of one host", () => {
    for (const [alias, key, value] of [
      ["web*", "ServerAliveInterval", "15"],
      ["", "ServerAliveInterval", "15"],
      ["a b", "ServerAliveInterval", "15"],
      ["-a", "ServerAliveInterval", "15"],
      ["a", "IdentityFile", "x"],
      ["a", "Host", "x"],
      ["a", "Server Alive", "15"],
      ["a", "ServerAliveInterval", "15\n  ProxyCommand x"],
      ["a", "ServerAliveInterval", ""],
      ["a", "User", "x y"],
    ] as const) {
      const edit = withSshOption("Host a\n", alias, key, value);
      assert.ok("refused" in edit, `${alias} ${key} ${value}`);
      assert.doesNotMatch(edit.refused, /\n/);
    }
  });
});
