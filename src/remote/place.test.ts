import assert from "node:assert/strict";
import type { Answer } from "../core/host.ts";
import type { Machine } from "../hosts/machine.ts";
import { placeOn } from "./place.ts";

const limits = { ms: 1000, bytes: 1000 };
const fine: Answer = { code: 0, stdout: "fine", stderr: "", timedOut: false };

/** A machine that answers with `run`, and the news of its loss. */
function machine(run: Machine["run"]) {
  let lose: (because: string) => void = () => {};
  const closed: string[] = [];
  const own: Machine = {
    kind: "ssh",
    name: "build7",
    profile: { system: "Linux", uid: 1, home: "/", path: "/bin", login: "", shell: "/bin/sh" },
    run,
    start: () => Promise.reject(new Error("nothing is started here")),
    script: () => Promise.reject(new Error("no script runs here")),
    connect: () => Promise.reject(new Error("nothing is connected here")),
    lost: new Promise((resolve) => {
      lose = resolve;
    }),
    close: () => Promise.resolve(void closed.push("closed")),
  };
  return { own, lose: () => lose("build7: gone"), closed };
}

const broken = () => Promise.reject(new Error("the connection broke"));

describe("a place on another machine", () => {
  it("asks all that was under way again over one new connection", async () => {
    const first = machine(broken);
    const second = machine(() => Promise.resolve(fine));
    let opened = 0;
    const place = placeOn(first.own, () => {
      opened += 1;
      return Promise.resolve(second.own);
    });
    const asked = [1, 2, 3].map(() => place.host.run({ argv: ["true"] }, limits));
    first.lose();
    assert.deepEqual(await Promise.all(asked), [fine, fine, fine]);
    assert.equal(opened, 1);
    await place.close();
    assert.deepEqual([...first.closed, ...second.closed], ["closed", "closed"]);
  });

  it("takes a missing program for an answer", async () => {
    const missing = Object.assign(new Error("go: there is no such program"), { code: "ENOENT" });
    const first = machine(() => Promise.reject(missing));
    first.lose();
    const place = placeOn(first.own, () => Promise.reject(new Error("opened again")));
    await assert.rejects(place.host.run({ argv: ["go"] }, limits), missing);
  });

  it("opens nothing more once it was given back", async () => {
    const first = machine(broken);
    const place = placeOn(first.own, () => Promise.reject(new Error("opened again")));
    const asked = place.host.run({ argv: ["true"] }, limits);
    first.lose();
    await place.close();
    await assert.rejects(asked, /^Error: the connection broke$/);
  });
});
