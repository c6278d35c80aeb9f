import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { noSshd, type Sshd, startSshd } from "../sshd/sshd.ts";
import { type Network, network, noNetwork } from "./network.ts";
import { skip } from "./skip.ts";

describe("a network of two machines", function () {
  this.timeout(60_000);
  let net: Network;
  let sshd: Sshd;
  before(async function () {
    const why = noNetwork() ?? noSshd();
    if (why !== undefined) skip(this, why);
    net = await network();
    sshd = await startSshd({ network: net });
  });
  after(async () => {
    await sshd?.stop();
    net?.close();
    if (net !== undefined)
      assert.deepEqual(
        Object.keys(networkInterfaces()).filter((name) => name.startsWith(`dd${process.pid}`)),
        [],
      );
  });

  async function banner(socket: Socket, ms: number): Promise<string> {
    const [chunk] = (await once(socket, "data", { signal: AbortSignal.timeout(ms) })) as [Buffer];
    return chunk.toString();
  }

  it("reaches the other machine's sshd, and nobody at an unused address", async () => {
    const socket = connect(sshd.port, net.address);
    assert.match(await banner(socket, 20_000), /^SSH-2\.0-OpenSSH/);
    socket.destroy();
    await assert.rejects(once(connect(sshd.port, net.unused), "connect"), { code: "EHOSTUNREACH" });
  });

  it("loses packets silently while it is cut", async () => {
    net.cut();
    const socket = connect(sshd.port, net.address);
    await assert.rejects(banner(socket, 1000), { name: "AbortError" });
    net.heal();
    assert.match(await banner(socket, 30_000), /^SSH-2\.0-OpenSSH/);
    socket.destroy();
  });
});
