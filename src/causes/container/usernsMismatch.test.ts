import assert from "node:assert/strict";
import { answer, failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { type UserNamespaces, userNamespaces } from "../../probes/userNamespaces.ts";
import { usernsMismatch } from "./usernsMismatch.ts";

const spaces: UserNamespaces = {
  pid: 42,
  name: "api",
  ours: "user:[4026532181]",
  its: "",
  ourMap: "0 1000 1",
  itsMap: "0 0 4294967295",
  readable: false,
  wouldBe: true,
};
const attach = { request: "attach", mode: "local", processId: 42 };
const refused = failed("Failed to attach: could not attach to pid 42: operation not permitted");

function find(
  more: Partial<UserNamespaces>,
  container?: string,
  config: object = attach,
  timeline = refused,
) {
  const around = { mayTrace: true, ancestors: [], ...(container && { container }) };
  return judge(usernsMismatch, { spaces: { ...spaces, ...more }, around }, launchOf({ ...config }, timeline));
}

describe("userns-mismatch", () => {
  it("is proven by two maps, an exe that may not be read, and the refused attach", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.match(found.evidence.join("\n"), /uid_map: 0 1000 1; \/proc\/42\/uid_map: 0 0 4294967295/);
  });

  it("is likely before the attach was refused", () => {
    assert.equal(find({}, undefined, attach, {})?.certainty, "likely");
  });

  it("sends dlv into the namespace, or into the container, and its own fix silences it", () => {
    const text = (container?: string) => {
      const action = find({}, container)?.fixes[0]?.action;
      return action?.kind === "advice" ? action.text : "";
    };
    assert.match(text(), /nsenter --target 42 --user/);
    assert.match(text("podman"), /podman exec .*SYS_PTRACE/);
    assert.equal(find({ its: spaces.ours, itsMap: spaces.ourMap, readable: true }), undefined);
  });

  it("is clear for root of the parent namespace, and where the namespace is the same", () => {
    assert.equal(find({ its: "user:[4026532999]", readable: true }), undefined);
    assert.equal(find({ itsMap: spaces.ourMap }), undefined);
  });

  it("is likely only where another user without CAP_SYS_PTRACE would be refused anyway", () => {
    assert.equal(find({ wouldBe: false })?.certainty, "likely");
  });

  it("is clear for a launch, a remote attach and one that is under way", () => {
    assert.equal(find({}, undefined, {}), undefined);
    assert.equal(find({}, undefined, { ...attach, mode: "remote" }), undefined);
    assert.equal(find({}, undefined, attach, underWay), undefined);
  });

  it("reads what the probe says, and nothing where there is no process", () => {
    const said =
      "pid 42\nname api\nours user:[4026532181]\nits \nourmap 0 1000 1\nitsmap 0 0 4294967295\ncap 0000000000080000\nown 1000\nuids 0 0 0 0\n";
    assert.deepEqual(userNamespaces.read(answer(said), launchOf(attach)), spaces);
    const other = userNamespaces.read(answer(said.replace("80000", "00000")), launchOf(attach));
    assert.equal(other?.wouldBe, false);
    const same = answer(said.replace("80000", "00000").replace("uids 0 0 0 0", "uids 1000 1000 1000 1000"));
    assert.equal(userNamespaces.read(same, launchOf(attach))?.wouldBe, true);
    assert.equal(userNamespaces.read(answer(""), launchOf(attach)), undefined);
  });
});
