import assert from "node:assert/strict";
import { behindForwarder, behindPublished, behindText, readBehind, saidOf } from "./behind.ts";

const by = (line: string, port = 2345) => {
  const argv = line.split(" ");
  const found = behindForwarder({ pid: 1, name: argv[0] ?? "", argv }, port);
  return found && behindText(found);
};

describe("what is behind a port", () => {
  it("is where ssh -L goes", () => {
    assert.equal(by("ssh -L 2345:localhost:4000 build7"), "ssh:build7 4000");
    assert.equal(by("ssh -NTfL2345:127.0.0.1:4000 me@build7"), "ssh:me@build7 4000");
    assert.equal(by("ssh -L 127.0.0.1:2345:[::1]:4000 -l me build7 -N"), "ssh:me@build7 4000");
    assert.equal(by("ssh -L [::1]:2345:localhost:4000 -p 2222 build7"), "ssh:ssh://build7:2222 4000");
    assert.equal(by("ssh -p 22 -l me -L 1:a:2 -L 2345:localhost:5 build7"), "ssh:ssh://me@build7:22 5");
    assert.equal(by("ssh -L 2345:localhost:4000 ssh://me@build7:22"), "ssh:ssh://me@build7:22 4000");
  });

  it("is the host beyond where ssh goes, under the name that it has there", () => {
    assert.equal(by("ssh -L 2345:db7.internal:4000 gateway"), "ssh:db7.internal 4000");
  });

  it("is unknown where ssh forwards another port, to a socket, or by its configuration alone", () => {
    assert.equal(by("ssh -L 2346:localhost:4000 build7"), undefined);
    assert.equal(by("ssh -L 2345:/run/dlv.sock build7"), undefined);
    assert.equal(by("ssh -N build7"), undefined);
    assert.equal(by("ssh -D 2345 build7"), undefined);
    assert.equal(by("socat -L 2345:localhost:4000 build7"), undefined);
  });

  it("is the pod of a kubectl port-forward, and no service", () => {
    assert.equal(by("kubectl port-forward pod/api 2345:40000"), "kubectl:api 40000");
    assert.equal(by("kubectl -n shop port-forward api 80 2345"), "kubectl:shop/api 2345");
    assert.equal(
      by("kubectl port-forward --address 127.0.0.1 --namespace=shop po/api-0 2345:40000"),
      "kubectl:shop/api-0 40000",
    );
    assert.equal(by("kubectl port-forward svc/api 2345:40000"), undefined);
    assert.equal(by("kubectl port-forward pod/api 2345:dlv"), undefined);
    assert.equal(by("kubectl port-forward pod/api :40000"), undefined);
  });

  it("is the container that publishes it", () => {
    const said = [
      "web\t80/tcp",
      "api\t0.0.0.0:2345->4000/tcp, [::]:2345->4000/tcp",
      "range\t127.0.0.1:9000-9002->7000-7002/tcp",
      "dns\t0.0.0.0:53->53/udp",
    ].join("\n");
    const at = (port: number) => behindPublished("docker", said, port);
    assert.deepEqual(at(2345), { on: "docker:api", port: 4000 });
    assert.deepEqual(at(9002), { on: "docker:range", port: 7002 });
    assert.equal(at(80), undefined);
    assert.equal(at(53), undefined);
  });

  it("is told as a host and a port", () => {
    assert.deepEqual(readBehind(" kubectl:shop/api/main  4000 "), {
      on: "kubectl:shop/api/main",
      port: 4000,
    });
    for (const text of [
      "",
      "build7 4000",
      "ssh:build7",
      "ssh: 4000",
      "ssh:build7 70000",
      "local 4000",
      "ssh:a 0",
    ])
      assert.equal(readBehind(text), undefined, text);
  });

  it("is remembered by address, and only what can be read", () => {
    const hosts = {
      "127.0.0.1:2345": "ssh:build7 4000",
      "localhost:1": "local",
      "localhost:2": "build7",
      "localhost:3": 4,
    };
    assert.equal(saidOf(hosts, "127.0.0.1:2345"), "ssh:build7 4000");
    assert.equal(saidOf(hosts, "localhost:1"), "local");
    for (const address of ["localhost:2", "localhost:3", "localhost:4", "toString"])
      assert.equal(saidOf(hosts, address), undefined, address);
    assert.equal(saidOf(undefined, "localhost:1"), undefined);
    assert.equal(saidOf("local", "0"), undefined);
  });
});
