import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { remoteAttach } from "../../test/lab/serverFacts.ts";
import { isUsedUp, kindOf, serversOnPort } from "./dlvServerFacts.ts";
import { dlvServers } from "./dlvServers.ts";

const us = "\u001f";
const stopped = `me 0 net:[1]
above 300
above 30
dlv 40 1000 T 1234 net:[1] dlv
argv 40 ${["/go/bin/dlv", "exec", "./app", "--headless", "-l", "127.0.0.1:2345", ""].join(us)}
dlv 41 1000 S 1234 net:[1] dlv
argv 41 ${["/go/bin/dlv", "** telemetry **", ""].join(us)}
local net:[1] 127.0.0.1
local net:[1] 192.0.2.2
tcp net:[1] 0A 0100007F:0929 00000000:0000 00000000:00000001 1000 77 40
tcp net:[1] 01 0100007F:0929 0100007F:DED6 00000000:00000000 0 0
tcp net:[1] 01 0100007F:0929 0100007F:DED7 00000000:00000000 1000 78 40
tcp net:[1] 01 0100007F:DED6 0100007F:0929 00000000:00000000 0 79 30
tcp net:[1] 08 0100007F:DED7 0100007F:0929 00000000:00000000 0 80 20
who 40 1000 dlv
who 30 0 node
who 20 0 port scanner
under 40 41 0 S dlv
under 40 44 42 t my app
work 40 11+1 1000
work 40 13+4 5000
`;

function read(stdout: string, config: object = remoteAttach) {
  return dlvServers.read(answer(stdout), launchOf({ ...config })) ?? assert.fail("no question was asked");
}

describe("the dlv servers of a machine", () => {
  it("are read with what waits for them, who is connected, and what they did meanwhile", () => {
    const facts = read(stopped);
    const [server, ...others] = serversOnPort(facts);
    assert.deepEqual(others, [], "the telemetry child serves nobody");
    assert.deepEqual([facts.host, facts.port, facts.uid], ["127.0.0.1", 2345, 0]);
    assert.deepEqual([server?.pid, server?.uid, server?.state, server?.start], [40, 1000, "T", 1234]);
    assert.deepEqual([server?.listens, server?.waiting], [["127.0.0.1"], 1]);
    assert.deepEqual(server?.clients, [
      { open: true, from: "127.0.0.1:57047", pid: 20, name: "port scanner", ours: false },
    ]);
    assert.deepEqual(server.work, { ticks: 5, bytes: 4000 });
    assert.deepEqual(server.under.at(-1), { pid: 44, name: "my app", state: "t", traced: true });
    assert.deepEqual(server.locals, ["127.0.0.1", "192.0.2.2"]);
  });

  it("know ourselves by the processes above the probe", () => {
    const ours = stopped.replace("above 30\n", "above 20\n");
    assert.equal(read(ours).servers[0]?.clients[0]?.ours, true);
  });

  it("are known by port and owner where their open files may not be listed", () => {
    const hidden = stopped.replace(/^(tcp .* 7[78]) 40$/gm, "$1").replace("who 40 1000 dlv\n", "");
    const [server] = read(hidden).servers;
    assert.deepEqual([server?.listens, server?.clients.length], [["127.0.0.1"], 1]);
    const others = hidden.replace(/^(tcp .* 0A .*) 1000 77$/m, "$1 0 77");
    assert.deepEqual(read(others).servers[0]?.listens, []);
  });

  it("are told from one in another network, and docker-proxy by where it leads", () => {
    const elsewhere = `${stopped.replaceAll("net:[1]", "net:[2]").replace("me 0 net:[2]", "me 0 net:[1]")}
tcp net:[1] 0A 0100007F:0929 00000000:0000 00000000:00000000 0 90 50
who 50 0 docker-proxy
argv 50 ${["/usr/bin/docker-proxy", "-container-ip", "172.17.0.2", "-container-port", "2345", ""].join(us)}
`;
    const facts = read(elsewhere);
    assert.deepEqual(serversOnPort(facts), []);
    assert.equal(facts.servers[0]?.here, false);
    assert.deepEqual(facts.forwarder, {
      pid: 50,
      name: "docker-proxy",
      to: { host: "172.17.0.2", port: 2345 },
    });
    assert.deepEqual([facts.others, read(stopped).others], [["127.0.0.1"], []]);
  });

  it("are used up once they listen no more, but not while they still build", () => {
    const gone = stopped.replace(/^tcp .* 0A .*\n/m, "");
    const [server] = read(gone).servers;
    assert.ok(server !== undefined && isUsedUp(server));
    assert.equal(isUsedUp({ ...server, clients: [], under: [] }), false);
    assert.equal(isUsedUp({ ...server, kind: "dap" }), false);
  });

  it("are of a kind by their command, wherever the flags stand", () => {
    const kind = (line: string) => kindOf(line.split(" "));
    assert.equal(kind("dlv -l :1 dap"), "dap");
    assert.equal(kind("dlv --listen=:1 --headless=true exec ./app"), "headless");
    assert.equal(kind("dlv --headless --log exec dap"), "headless");
    assert.equal(kind("dlv debug"), undefined);
  });

  it("are no question for a launch that starts dlv itself, and unknown without /proc/net/tcp", () => {
    assert.equal(dlvServers.read(answer(""), launchOf({})), undefined);
    assert.throws(() => dlvServers.read(answer("", 74), launchOf({})), /cannot be read here/);
  });
});
