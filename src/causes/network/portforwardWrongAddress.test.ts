import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { lostIn, remoteAttach, serversOf, stillIn } from "../../../test/lab/serverFacts.ts";
import type { DlvServer, DlvServers } from "../../probes/dlvServerFacts.ts";
import { portforwardWrongAddress } from "./portforwardWrongAddress.ts";

const away = { listens: ["10.0.0.2"] };
const forwarder = { pid: 7, name: "docker-proxy", to: { host: "10.0.0.2", port: 2345 } };

function find(
  server: Partial<DlvServer>,
  timeline: object,
  more: Partial<DlvServers> = {},
  { config = remoteAttach, around = {} }: { config?: object; around?: object } = {},
) {
  const servers = { ...serversOf(server), ...more };
  return judge(portforwardWrongAddress, { servers, around }, launchOf({ ...config }, timeline));
}

function text(found: ReturnType<typeof find>): string {
  const action = found?.fixes.find(({ preferred }) => preferred)?.action;
  return action?.kind === "advice" ? action.text : "";
}

describe("portforward-wrong-address", () => {
  it("is proven by docker-proxy's target and a dlv on loopback in that network; 0.0.0.0 silences it", () => {
    const found = find({ here: false }, lostIn("handshake"), { forwarder });
    assert.equal(found?.certainty, "proven");
    assert.match(
      found.evidence.join("\n"),
      /docker-proxy \(pid 7\) on port 2345 passes .* to 10\.0\.0\.2:2345/,
    );
    assert.match(text(found), /dlv --listen=0\.0\.0\.0:2345 exec .* -p 127\.0\.0\.1:2345:2345$/);
    assert.equal(find({ here: false, listens: ["0.0.0.0"] }, lostIn("handshake"), { forwarder }), undefined);
    assert.equal(find({ here: false, locals: ["10.0.0.3"] }, lostIn("handshake"), { forwarder }), undefined);
  });

  it("is proven by a refusal where dlv listens at another address, and its own fix silences it", () => {
    const found = find(away, lostIn("start"));
    assert.equal(found?.certainty, "proven");
    const config = fixedConfig(remoteAttach, { cause: "", title: "", ...found });
    assert.equal(config["host"], "10.0.0.2");
    assert.equal(find(away, lostIn("start"), { host: "10.0.0.2" }, { config }), undefined);
    assert.equal(find(away, {})?.certainty, "likely");
  });

  it("names dlv's loopback for a configuration with the machine's own other address", () => {
    const found = find({}, lostIn("start"), { host: "10.0.0.2" });
    assert.deepEqual(found?.fixes[0]?.action, {
      kind: "launch.json",
      edits: [{ at: ["host"], value: "127.0.0.1" }],
    });
    assert.equal(find({}, lostIn("start"), { host: "10.0.0.9" }), undefined);
  });

  it("moves dlv, not the host, where something took the connection first: kubectl's way is the opposite", () => {
    const found = find(away, lostIn("handshake"));
    assert.match(text(found), /dlv --listen=127\.0\.0\.1:2345 exec/);
    assert.equal(found?.certainty, "proven");
    const here = find(away, lostIn("handshake"), { others: ["127.0.0.1"] });
    assert.equal(here?.certainty, "likely", "who listens here may lead to another machine");
  });

  it("is likely inside a container after a connection that dlv has never had", () => {
    const around = { container: "docker" };
    const found = find({}, lostIn("handshake"), {}, { around });
    assert.equal(found?.certainty, "likely");
    assert.match(text(found), /--listen=0\.0\.0\.0:2345/);
    assert.equal(find({}, lostIn("handshake")), undefined);
    assert.equal(find({}, lostIn("start"), {}, { around }), undefined);
    assert.equal(
      find({ uid: 0 }, lostIn("handshake"), {}, { around }),
      undefined,
      "that is the same-user check",
    );
  });

  it("is clear where another dlv listens at the address, and where localhost is one of its two", () => {
    const [far, near] = [...serversOf(away).servers, ...serversOf({}).servers];
    assert.ok(far !== undefined && near !== undefined);
    assert.equal(find(away, lostIn("start"), { servers: [far, near] }), undefined);
    const six = { listens: ["::1"] };
    assert.equal(find(six, lostIn("start"), { host: "localhost" }), undefined);
    assert.equal(find(six, lostIn("start"), { host: "127.0.0.1" })?.certainty, "proven");
  });

  it("is clear for a dlv that listens everywhere, and while a connection is up", () => {
    assert.equal(find({ listens: ["::"] }, lostIn("start")), undefined);
    assert.equal(find({ listens: [] }, lostIn("start")), undefined);
    assert.equal(find(away, stillIn("handshake")), undefined);
  });
});
