import assert from "node:assert/strict";
import { forwardedTo, sshLogin } from "./forwarder.ts";

const ssh = (line: string) => sshLogin({ pid: 1, name: "ssh", argv: line.split(" ") });
const kubectl = (line: string) => forwardedTo({ pid: 1, name: "kubectl", argv: line.split(" ") });

describe("where a tunnel goes", () => {
  it("ssh: the destination, and only the options that decide the login", () => {
    assert.deepEqual(ssh("ssh -L 2345:localhost:2345 build7"), {
      options: [],
      destination: "build7",
      alias: "build7",
    });
    assert.deepEqual(ssh("ssh -NTf -L2345:localhost:2345 -p 2222 -i /k me@build7"), {
      options: ["-p", "2222", "-i", "/k"],
      destination: "me@build7",
      alias: "build7",
    });
    assert.deepEqual(ssh("ssh -NL 2345:localhost:2345 build7 -l me -4 sleep -p 9"), {
      options: ["-l", "me", "-4"],
      destination: "build7",
      alias: "build7",
    });
    assert.deepEqual(ssh("ssh -F /c -o User=me -p2222 -J hop -E log -S none -- build7"), {
      options: ["-F", "/c", "-o", "User=me", "-p", "2222", "-J", "hop"],
      destination: "build7",
      alias: "build7",
    });
  });

  it("ssh: the alias of a destination, an IPv6 address included", () => {
    const alias = (destination: string) => ssh(`ssh -N ${destination}`)?.alias;
    assert.deepEqual(
      ["me@build7", "ssh://me@build7:22", "::1", "me@fe80::1%eth0", "ssh://[::1]", "ssh://me@[::1]:22"].map(
        alias,
      ),
      ["build7", "build7", "::1", "fe80::1%eth0", "::1", "::1"],
    );
  });

  it("ssh: the alias of a URL", () => {
    assert.equal(ssh("ssh ssh://me@build7:22")?.alias, "build7");
  });

  it("ssh: nothing where no destination is named, or where the program is another", () => {
    assert.equal(ssh("ssh -V"), undefined);
    assert.equal(sshLogin({ pid: 1, name: "socat", argv: ["socat", "a", "b"] }), undefined);
  });

  it("kubectl: the pod or service behind a port-forward", () => {
    assert.equal(kubectl("kubectl -n shop port-forward pod/api 2345:2345"), "pod/api");
    assert.equal(kubectl("kubectl port-forward --address 127.0.0.1 -n shop svc/api 2345"), "svc/api");
    assert.equal(kubectl("kubectl port-forward --namespace=shop api 2345"), "api");
    assert.equal(kubectl("kubectl proxy"), undefined);
    assert.equal(forwardedTo({ pid: 1, name: "ssh", argv: ["ssh", "port-forward", "x"] }), undefined);
  });
});
