import assert from "node:assert/strict";
import { say, speak } from "./say.ts";

describe("say", () => {
  afterEach(() => speak({}));

  it("is English by itself", () => {
    assert.equal(say`go build takes ${"4 s"} on ${"build7"}`, "go build takes 4 s on build7");
    assert.equal(say`Apply`, "Apply");
  });

  it("speaks a language, which may put what is said in another order", () => {
    speak({ "go build takes {0} on {1}": "{1} 上的 go build 用了 {0}" });
    assert.equal(say`go build takes ${"4 s"} on ${"build7"}`, "build7 上的 go build 用了 4 s");
    assert.equal(say`Apply`, "Apply");
  });

  it("puts data in as it is, whatever it looks like", () => {
    assert.equal(say`${"{1}"} and ${"$&"}`, "{1} and $&");
    speak({ "{0} and {1}": "{1}, {0}" });
    assert.equal(say`${"{1}"} and ${"$&"}`, "$&, {1}");
  });

  it("has nothing of an object's own for a text", () => {
    assert.equal(say`toString`, "toString");
    speak({ "{0} of {7}": "{7}" });
    assert.equal(say`${1} of {7}`, "{7}");
  });
});
