import assert from "node:assert/strict";
import { hostsOf } from "./hosts.ts";
import { Stop } from "./stop.ts";

const aliases = ["web1", "web2", "web3", "db"];
const read = (...words: string[]) => hostsOf(words, () => Promise.resolve(aliases));
const refused = (...words: string[]) =>
  read(...words).then(
    (hosts) => assert.fail(hosts.join(" ")),
    (error: unknown) => {
      assert.ok(error instanceof Stop);
      assert.equal(error.status, 2);
      return error.message;
    },
  );

describe("the hosts of --on", () => {
  it("come as given, each once", async () => {
    assert.deepEqual(await read("ssh:b", "ssh:a,local", "docker:api,db", "ssh:a"), [
      "ssh:b",
      "ssh:a",
      "local",
      "docker:api",
      "docker:db",
    ]);
    assert.deepEqual(await read("kubectl:shop/api/main,podman:x"), ["kubectl:shop/api/main", "podman:x"]);
  });

  it("are the aliases that a pattern list of OpenSSH matches, in their order", async () => {
    assert.deepEqual(await read("ssh:web*"), ["ssh:web1", "ssh:web2", "ssh:web3"]);
    assert.deepEqual(await read("ssh:web?,!web3"), ["ssh:web1", "ssh:web2"]);
    assert.deepEqual(await read("ssh:!*2,db,elsewhere,web*"), [
      "ssh:db",
      "ssh:elsewhere",
      "ssh:web1",
      "ssh:web3",
    ]);
  });

  it("are not looked up in a configuration where no pattern asks for it", async () => {
    const never = () => Promise.reject(new Error("asked"));
    assert.deepEqual(await hostsOf(["ssh:elsewhere,web1"], never), ["ssh:elsewhere", "ssh:web1"]);
    await assert.rejects(hostsOf(["ssh:web*"], never), /asked/);
  });

  it("a pattern that matches nothing names those that exist", async () => {
    const line = await refused("ssh:db", "ssh:mail*");
    assert.equal(line, "--on ssh:mail*: mail* matches no host; ~/.ssh/config has web1, web2, web3, db");
    assert.match(await refused("ssh:!web1"), /names no host; .*web1/);
    assert.match(await refused("ssh:web1,!web1"), /names no host/);
    await assert.rejects(
      hostsOf(["ssh:*"], () => Promise.resolve([])),
      /matches no host; ~\/\.ssh\/config names none/,
    );
    const many = Array.from({ length: 23 }, (_, index) => `h${index}`);
    await assert.rejects(
      hostsOf(["ssh:x*"], () => Promise.resolve(many)),
      /h18, h19 and 3 more$/,
    );
  });
});
