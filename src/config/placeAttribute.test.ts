import assert from "node:assert/strict";
import { readPlace, writtenPlace } from "../core/placeAttribute.ts";
import { placedAt, placedConfig, placeOf, withoutPlace } from "./placeAttribute.ts";

describe("the attribute that says where dlv runs", () => {
  it("names a host, the folder there and a dlv", () => {
    assert.deepEqual(readPlace({ on: "ssh:build7" }), { on: "ssh:build7" });
    const whole = { on: "podman:api", folder: "/srv/app", dlv: "/opt/dlv" };
    assert.deepEqual(readPlace(whole), whole);
  });

  it("is nothing where it is absent or names this machine", () => {
    assert.equal(readPlace(undefined), undefined);
    assert.equal(readPlace({ on: "local", folder: "/srv/app" }), undefined);
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ["ssh:build7", /must be an object, such as/],
    [null, /must be an object/],
    [["ssh:build7"], /must be an object/],
    [{}, /"delveDoctor\.on" is missing/],
    [{ on: 7 }, /"delveDoctor\.on" is 7/],
    [{ on: "build7" }, /"delveDoctor\.on" is "build7"; there are local, ssh:ALIAS/],
    [{ on: "ssh:" }, /"delveDoctor\.on" is "ssh:"/],
    [{ on: "ssh:build7", folder: "srv/app" }, /"delveDoctor\.folder" is "srv\/app"; .*absolute path/],
    [{ on: "ssh:build7", folder: null }, /"delveDoctor\.folder" is null/],
    [{ on: "ssh:build7", dlv: "" }, /"delveDoctor\.dlv" is ""/],
    [{ on: "ssh:build7", remoteFolder: "/srv" }, /has "remoteFolder", and knows on, folder and dlv/],
  ];
  for (const [value, line] of wrong)
    it(`says in one line what is wrong with ${JSON.stringify(value)}`, () => {
      assert.throws(() => readPlace(value), { message: line });
      assert.throws(() => readPlace(value), { message: /^.+$/ });
    });

  it("counts as VS Code would have it: by platform, with its variables", () => {
    const around = {
      ...{ folder: "/home/u/shop", userHome: "/home/u", processEnv: { BUILDER: "build7" } },
      platform: "linux" as const,
    };
    const on = "ssh:${env:BUILDER}";
    const folder = "/srv/${workspaceFolderBasename}";
    const config = { delveDoctor: { on: "local" }, linux: { delveDoctor: { on, folder } } };
    assert.deepEqual(placeOf(config, around), { on: "ssh:build7", folder: "/srv/shop" });
    assert.equal(placeOf(config, { ...around, platform: "osx" }), undefined);
    const asked = { delveDoctor: { on: "ssh:${input:host}" } };
    assert.throws(() => placeOf(asked, around), /"delveDoctor\.on" uses \$\{input:host\}/);
  });

  it("is no attribute of golang.go or Delve", () => {
    const config = { name: "Shop", delveDoctor: { on: "ssh:build7" } };
    assert.deepEqual(writtenPlace(config), { on: "ssh:build7" });
    assert.deepEqual(withoutPlace(config), { name: "Shop" });
    const withDlv = { ...config, dlvToolPath: "/home/u/go/bin/dlv" };
    assert.deepEqual(placedConfig(withDlv, true), { name: "Shop" });
    assert.deepEqual(placedConfig(withDlv, false), { name: "Shop", dlvToolPath: "/home/u/go/bin/dlv" });
  });

  it("holds the dlv to run there, in place of the one that golang.go looks for here", () => {
    const there = { name: "Shop", delveDoctor: { on: "ssh:build7" } };
    assert.deepEqual(placedAt(there, ["dlvToolPath"]), ["delveDoctor", "dlv"]);
    assert.deepEqual(placedAt(there, ["env", "GOFLAGS"]), ["env", "GOFLAGS"]);
    assert.deepEqual(placedAt({ name: "Shop" }, ["dlvToolPath"]), ["dlvToolPath"]);
  });
});
