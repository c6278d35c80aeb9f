import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type Network, network, noNetwork } from "../../../test/lab/network.ts";
import { freePort, until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { withBlocks } from "../../../test/sshd/channels.ts";
import { runsHere } from "../../../test/sshd/processes.ts";
import { noSshd, type Sshd, startSshd } from "../../../test/sshd/sshd.ts";
import { common, ownTemporary, ways } from "../../../test/sshd/ways.ts";
import { resolveSsh } from "./config.ts";
import { openSsh2 } from "./ssh2Transport.ts";
import { openSystemSsh } from "./systemSsh.ts";
import { thisMachine } from "./thisMachine.ts";

for (const [way, open] of Object.entries(ways)) {
  describe(`what refuses a connection by ${way}`, function () {
    this.timeout(60_000);
    let sshd: Sshd;
    let net: Network | undefined;
    let temporary: ReturnType<typeof ownTemporary> | undefined;

    before(async function () {
      const why = noSshd();
      if (why !== undefined) skip(this, why);
      temporary = ownTemporary();
      sshd = await startSshd();
    });

    after(async () => {
      await sshd?.stop();
      net?.close();
      temporary?.remove();
    });

    afterEach(() => {
      assert.deepEqual(temporary?.left(), []);
    });

    it("names the stage and the host when it cannot connect", async () => {
      const refused = withBlocks(sshd, "refused", "Host lab", `Port ${await freePort()}`);
      await assert.rejects(open("lab", refused), { stage: "connect", message: /^lab: connect: .*[Rr]efuse/ });
      const nowhere = withBlocks(sshd, "nowhere", "Host lab", "HostName nowhere.invalid");
      await assert.rejects(open("lab", nowhere), {
        stage: "resolve",
        message: /^lab: resolve: .*nowhere\.invalid/,
      });
      await assert.rejects(open("stranger", sshd.configFile), {
        stage: "authentication",
        message: /^stranger: authentication: .*publickey/,
      });
      await assert.rejects(open("unknown", sshd.configFile), {
        stage: "host key",
        message: /^unknown: host key: .*known/,
      });
    });

    it("says that there is no route", async function () {
      const why = noNetwork();
      if (why !== undefined) skip(this, why);
      net ??= await network();
      const away = withBlocks(sshd, "away", "Host lab", `HostName ${net.unused}`);
      await assert.rejects(open("lab", away), { stage: "connect", message: /^lab: connect: .*[Nn]o route/ });
    });

    it("gives up a host that never answers after ConnectTimeout, and one that is no sshd", async () => {
      const mute = createServer((socket) => socket.on("error", () => {}));
      const rude = createServer((socket) => socket.end("220 ESMTP\r\n"));
      for (const server of [mute, rude]) server.listen(0, "127.0.0.1");
      const portOf = (server: typeof mute): number => {
        const address = server.address();
        return typeof address === "object" && address !== null ? address.port : 0;
      };
      await until(() => portOf(mute) > 0 && portOf(rude) > 0, "both listen");
      try {
        const silent = withBlocks(sshd, "silent", "Host lab", `Port ${portOf(mute)}`, "ConnectTimeout 1");
        await assert.rejects(open("lab", silent, { handshake: 1000 }), { stage: "connect" });
        const other = withBlocks(sshd, "other", "Host lab", `Port ${portOf(rude)}`);
        await assert.rejects(open("lab", other), { stage: "connect" });
      } finally {
        for (const server of [mute, rude]) server.close();
      }
    });

    it("refuses a host whose key has changed, and one whose key is revoked", async () => {
      const changing = await startSshd();
      await changing.changeHostKey();
      const opening = open("lab", changing.configFile).finally(() => changing.stop());
      await assert.rejects(opening, {
        stage: "host key",
        message: /^lab: host key: changed: it shows SHA256:\S+.*known_hosts line 1/,
      });
      const revoked = withBlocks(sshd, "revoked", "Host lab", `UserKnownHostsFile ${sshd.revokedHosts}`);
      await assert.rejects(open("lab", revoked), {
        stage: "host key",
        message: /^lab: host key: .*revoked/i,
      });
    });

    it("can be cancelled", async () => {
      const slow = withBlocks(sshd, "cancel", "Host lab", "ProxyCommand sleep 4711");
      const target = await resolveSsh("lab", { ...thisMachine(), configFile: slow });
      const options = { ...common, signal: AbortSignal.timeout(500) };
      await assert.rejects(
        way === "ssh2"
          ? openSsh2(target, options)
          : openSystemSsh(target, { ...options, ssh: ["ssh", "-F", slow] }),
        { stage: "connect", message: "lab: connect: cancelled" },
      );
      await until(() => !runsHere("4711"), "the ProxyCommand is gone");
    });
  });
}
