import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import {
  freshServer,
  lostIn,
  otherClient,
  ownClient,
  remoteAttach,
  serversOf,
  stillIn,
} from "../../../test/lab/serverFacts.ts";
import type { DlvServers } from "../../probes/dlvServerFacts.ts";
import type { PortUse } from "../../probes/listeners.ts";
import { remoteAttachVsDapServer } from "../config/remoteAttachVsDapServer.ts";
import { headlessNotReadyYet } from "./headlessNotReadyYet.ts";
import { portforwardWrongAddress } from "./portforwardWrongAddress.ts";
import { sameUserCheck } from "./sameUserCheck.ts";
import { singleClientUsedUp } from "./singleClientUsedUp.ts";
import { twoClientsFight } from "./twoClientsFight.ts";

const neighbours = [
  headlessNotReadyYet,
  portforwardWrongAddress,
  remoteAttachVsDapServer,
  sameUserCheck,
  singleClientUsedUp,
  twoClientsFight,
];
const multi = { argv: [...freshServer.argv, "--accept-multiclient"] };
const dapServer = {
  kind: "dap",
  argv: ["/go/bin/dlv", "dap", "--listen=127.0.0.1:2345"],
  under: [],
} as const;

/** What the older probe of the port says of the same sockets. */
function useOf({ servers, port, uid }: DlvServers): PortUse {
  return {
    port,
    uid,
    listening: servers.some(({ listens }) => listens.length > 0),
    connected: servers.some(({ clients }) => clients.some(({ open }) => open)),
    owners: servers
      .filter(({ listens }) => listens.length > 0)
      .map(({ pid, argv }) => ({
        pid,
        ppid: 1,
        uid: 1000,
        name: "dlv",
        exe: "/go/bin/dlv",
        argv,
        tracer: 0,
        start: 1,
      })),
    around: [],
  };
}

/** The causes found, by what a machine looks like and how far the attach came. */
function found(servers: DlvServers, timeline: object, config: object = remoteAttach): string[] {
  const facts = { servers, use: useOf(servers), around: {} };
  return neighbours.filter((one) => judge(one, facts, launchOf({ ...config }, timeline))).map(({ id }) => id);
}

describe("causes of a server that does not answer", () => {
  const used = { listens: [], clients: [otherClient] };
  const cases: readonly [string, DlvServers, object, string][] = [
    ["nobody listens", serversOf(), lostIn("start"), "remote-attach-vs-dap-server"],
    ["another client has it", serversOf(used), lostIn("start"), "single-client-used-up"],
    ["a look has used it up", serversOf({ listens: [] }), lostIn("start"), "single-client-used-up"],
    ["it was taken while ours waited", serversOf(used), lostIn("handshake"), "single-client-used-up"],
    ["its kind is wrong", serversOf(dapServer), lostIn("handshake"), "remote-attach-vs-dap-server"],
    ["it has not taken ours", serversOf({ waiting: 1 }), stillIn("handshake"), "headless-not-ready-yet"],
    [
      "it is stopped",
      serversOf({ ...multi, waiting: 1, state: "T" }),
      stillIn("handshake"),
      "headless-not-ready-yet",
    ],
    ["it is another user's", serversOf({ uid: 0 }), lostIn("handshake"), "same-user-check"],
    [
      "another client lets it run",
      serversOf({
        ...multi,
        clients: [otherClient, ownClient],
        under: [{ pid: 10, name: "app", state: "S", traced: true }],
      }),
      stillIn("configure"),
      "two-clients-fight",
    ],
    [
      "it listens elsewhere",
      serversOf({ listens: ["10.0.0.2"] }),
      lostIn("start"),
      "portforward-wrong-address",
    ],
  ];
  for (const [what, servers, timeline, cause] of cases)
    it(`are told apart: ${what}`, () => assert.deepEqual(found(servers, timeline), [cause]));

  it("are silent while a server waits for us, and while we are its client", () => {
    assert.deepEqual(found(serversOf({}), {}), []);
    assert.deepEqual(found(serversOf(multi), {}), []);
    for (const phase of ["handshake", "load", "configure", "run"] as const)
      assert.deepEqual(found(serversOf({ listens: [], clients: [ownClient] }), stillIn(phase)), []);
  });

  it("are silent for another machine, and for a launch that starts dlv itself", () => {
    assert.deepEqual(
      found(serversOf({ listens: [] }), lostIn("start"), { ...remoteAttach, host: "build7" }),
      [],
    );
    assert.deepEqual(found(serversOf({ listens: [] }), lostIn("start"), { mode: "debug" }), []);
  });
});
