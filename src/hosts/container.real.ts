import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { openPodman, type Podman } from "../../test/lab/podman.ts";
import { skip } from "../../test/lab/skip.ts";
import type { Transport } from "./channel.ts";
import { openContainer } from "./container.ts";

describe("a podman container as a host", function () {
  this.timeout(240_000);
  let podman: Podman;
  let name = "";
  let way: Transport;
  const opened: Transport[] = [];
  const open = async (container: string, more = {}) => {
    const transport = await openContainer("podman", container, { env: podman.env, ...more });
    opened.push(transport);
    return transport;
  };
  const processes = async () => (await podman.run("exec", name, "ps", "-o", "args")).trim().split("\n");

  before(async function () {
    const made = await openPodman();
    if (typeof made === "string") skip(this, made);
    podman = made;
    name = await podman.start("--name", "api");
    way = await open("api");
  });

  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await podman?.remove();
  });

  it("gives a shell whose streams are apart, and the exit code of its script", async () => {
    const channel = await way.shell();
    channel.stdin.end("id -u; echo to stderr >&2; exit 7\n");
    const [stdout, stderr, ended] = await Promise.all([
      text(channel.stdout),
      text(channel.stderr),
      channel.ended,
    ]);
    assert.deepEqual([stdout, stderr, ended], ["0\n", "to stderr\n", { code: 7 }]);
    assert.ok((way.rttMs?.() ?? 0) > 0);
  });

  it("carries many channels at once, and bytes of any kind", async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));
    const sums = await Promise.all(
      [1, 2, 3].map(async () => {
        const channel = await way.shell();
        channel.stdin.write("echo ready; exec md5sum\n");
        channel.stdout.once("data", () => channel.stdin.end(bytes));
        return text(channel.stdout);
      }),
    );
    assert.equal(new Set(sums).size, 1);
    assert.match(String(sums[0]), /^ready\n[0-9a-f]{32} {2}-\n$/);
  });

  it("leaves nothing in the container when a channel is closed", async () => {
    const channel = await way.shell();
    channel.stdin.write("echo ready; cat; sleep 0\n");
    await new Promise((resolve) => channel.stdout.once("data", resolve));
    assert.ok((await processes()).includes("cat"));
    channel.close();
    await channel.ended;
    for (let tries = 0; (await processes()).includes("cat"); tries += 1) assert.ok(tries < 100);
  });

  it("gives a terminal of the size one asks for, and of another when it is resized", async function () {
    if (way.terminal === undefined) return skip(this, "this engine gives no terminal");
    const terminal = await way.terminal(
      { columns: 100, rows: 40 },
      "stty size; read -r x; stty size; exit 3",
    );
    let seen = "";
    terminal.stdout.setEncoding("utf8").on("data", (more: string) => {
      seen += more;
    });
    const shows = async (what: RegExp) => {
      for (const end = Date.now() + 30_000; !what.test(seen); )
        await new Promise((resolve) => {
          assert.ok(Date.now() < end, `${what} is not in ${seen}`);
          setTimeout(resolve, 20);
        });
    };
    await shows(/40 100/);
    terminal.resize({ columns: 22, rows: 11 });
    const inside = async () =>
      podman.run("exec", name, "sh", "-c", "for t in /dev/pts/[0-9]*; do stty -F $t size; done");
    for (let tries = 0; !/11 22/.test(await inside()); tries += 1) assert.ok(tries < 100);
    terminal.stdin.write("\n");
    await shows(/11 22/);
    assert.deepEqual(await terminal.ended, { code: 3 });
  });

  it("says in one line, with its stage, why there is no way in", async () => {
    const why = (container: string, env: NodeJS.ProcessEnv = podman.env) =>
      openContainer("podman", container, { env }).then(
        () => "open",
        (error: Error) => error.message,
      );
    await podman.start("--name", "ended", "--entrypoint", "/bin/true");
    await podman.run("wait", "ended");
    await podman.start("--name", "paused");
    await podman.run("pause", "paused");
    await podman.start("--name", "bare");
    await podman.run("exec", "bare", "rm", "/bin/sh");
    assert.equal(await why("nobody"), "podman:nobody: container: there is no container nobody");
    assert.equal(await why("ended"), "podman:ended: container: container ended is not running: it is exited");
    assert.equal(
      await why("paused"),
      "podman:paused: container: container paused is not running: it is paused",
    );
    assert.equal(await why("-x"), "podman:-x: tool: not a container's name");
    assert.equal(await why("api", { PATH: "/nowhere" }), "podman:api: tool: podman is not installed");
    assert.match(await why("bare"), /^podman:bare: shell: there is no sh in bare; /);
  });

  it("tells a silent container after two keep-alives, and one that died at once", async () => {
    await podman.start("--name", "mute");
    const mute = await open("mute", { keepAliveMs: 500 });
    const begun = performance.now();
    await podman.run("pause", "mute");
    assert.equal(await mute.lost, "podman:mute: the container is paused");
    assert.ok(performance.now() - begun < 20_000);
    await podman.run("unpause", "mute");

    await podman.start("--name", "dies");
    const dies = await open("dies");
    const channel = await dies.shell();
    await podman.run("kill", "dies");
    assert.equal(await dies.lost, "podman:dies: the container is exited");
    assert.notEqual((await channel.ended).code, 0);
  });

  it("closes with all its channels, tells nobody, and leaves nothing on either side", async () => {
    const mine = await open("api");
    let told = false;
    void mine.lost.then(() => {
      told = true;
    });
    const channel = await mine.shell();
    await mine.close();
    await channel.ended;
    await way.close();
    for (let tries = 0; (await processes()).some((args) => args.startsWith("sh")); tries += 1)
      assert.ok(tries < 100);
    assert.equal(told, false);
  });
});
