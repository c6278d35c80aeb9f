import assert from "node:assert/strict";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { dockerProxy, makeNetwork, type Network, portForward } from "../../../test/lab/netns.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import type { Finding } from "../../core/finding.ts";
import type { Host } from "../../core/host.ts";

// docker-proxy and kubectl's agent are played by a relay each; the network, dlv and its sockets are real.
describe("a forwarded port and the address that dlv listens at", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  let network: Network | undefined;
  before(async function () {
    if (process.getuid?.() !== 0) skip(this, "only root can make a network namespace");
    await needDebian("iproute2");
    await lab.prepare();
    try {
      network = makeNetwork();
    } catch (error) {
      skip(this, `no network namespace can be made here (${error})`);
    }
  });
  afterEach(() => lab.endAll());
  after(() => {
    network?.remove();
    lab.remove();
  });

  const inside = () => network ?? assert.fail("there is no network");
  const serve = (port: number, at: string) =>
    lab.headless(port, [`--listen=${at}:${port}`, "--accept-multiclient"], inside().inside);
  async function forward(argv: readonly string[]): Promise<void> {
    const relay = await lab.start(argv);
    await until(() => relay.printed().includes("relaying"), "the relay");
  }
  const launch = (port: number, host?: Host) =>
    labLaunch({ config: lab.attach(port), folder, breakpoints, ...(host !== undefined && { host }) });

  function listens(finding: Finding | undefined, at: string): void {
    assert.equal(finding?.cause, "portforward-wrong-address");
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "advice" && action.text.includes(` --listen=${at} `), JSON.stringify(action));
  }

  it("published to the container's address, with dlv on its loopback: found from outside, and mended at 0.0.0.0", async () => {
    const port = await freePort();
    const { address } = inside();
    const loopback = await serve(port, "127.0.0.1");
    await forward(dockerProxy(folder, port, address));
    const closed = await launch(port);
    assert.equal(closed.ended, "failed");
    const [finding, ...others] = closed.verdicts.findings;
    assert.deepEqual([finding?.certainty, others], ["proven", []]);
    assert.ok(
      finding?.because.endsWith(
        `listens at 127.0.0.1:${port} only, and connections come to ${address}:${port}.`,
      ),
    );
    listens(finding, `0.0.0.0:${port}`);
    // From inside nothing is seen of what publishes the port.
    const config = lab.attach(port);
    const fromInside = await labLaunch({
      config: { ...config, env: { ...lab.env, KUBERNETES_SERVICE_HOST: "192.0.2.1" } },
      folder,
      breakpoints,
      host: inside().host,
    });
    const [likely] = fromInside.verdicts.findings;
    assert.equal(likely?.certainty, "likely");
    listens(likely, `0.0.0.0:${port}`);

    await loopback.end();
    await serve(port, "0.0.0.0");
    const attached = await launch(port);
    silent(
      attached,
      "published to the container's address, with dlv on its loopback: found from outside, and mended at 0.0.0.0",
    );
  });

  it("forwarded to loopback, with dlv at the container's address: found from inside, and mended at loopback", async () => {
    const port = await freePort();
    const { address, host } = inside();
    const elsewhere = await serve(port, address);
    await forward(portForward(folder, port, inside()));
    const closed = await launch(port, host);
    assert.equal(closed.ended, "failed");
    const [finding, ...others] = closed.verdicts.findings;
    assert.deepEqual([finding?.certainty, others], ["proven", []]);
    listens(finding, `127.0.0.1:${port}`);

    await elsewhere.end();
    await serve(port, "127.0.0.1");
    const attached = await launch(port, host);
    silent(
      attached,
      "forwarded to loopback, with dlv at the container's address: found from inside, and mended at loopback",
    );
  });

  it("without anything between: the fix is the host in launch.json", async () => {
    const port = await freePort();
    await lab.headless(port, [`--listen=127.0.0.2:${port}`, "--accept-multiclient"]);
    const refused = await launch(port);
    const finding = named(refused, "portforward-wrong-address", "proven");
    const config = fixedConfig(lab.attach(port), finding);
    assert.equal(config["host"], "127.0.0.2");
    const attached = await labLaunch({ config, folder, breakpoints });
    cured(finding, attached);
  });
});
