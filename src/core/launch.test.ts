import assert from "node:assert/strict";
import { learnedAs, planned } from "./launch.ts";

describe("what launches are learned as", () => {
  const test = { name: "Debug Test", mode: "test", program: ".", __buildDir: "/w/cart", env: { A: "1" } };

  it("is one for one configuration and program, whatever else it is given", () => {
    assert.equal(
      learnedAs(planned(test, "/w")),
      learnedAs(planned({ ...test, args: ["-test.run", "X"] }, "/w")),
    );
  });

  it("tells programs apart that a configuration of one name starts", () => {
    const others = [
      planned({ ...test, __buildDir: "/w/shop" }, "/w"),
      planned({ ...test, program: "./sub" }, "/w"),
      planned({ ...test, mode: "debug" }, "/w"),
      planned({ ...test, name: "Cart" }, "/w"),
      planned(test, "/v"),
    ];
    assert.equal(new Set([planned(test, "/w"), ...others].map(learnedAs)).size, 6);
  });
});
