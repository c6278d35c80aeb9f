import assert from "node:assert/strict";
import { type Grammar, helpText, parse } from "./args.ts";
import { Stop } from "./stop.ts";

const grammar: Grammar = {
  verb: "walk",
  about: "Walks.",
  rest: "[WHERE]",
  options: {
    name: { value: "NAME", help: "who" },
    stop: { value: "AT", many: true, help: "where to rest" },
    after: { value: "MS", help: "when" },
    json: { help: "how" },
  },
};

/** The one line that wrong words end with. */
function refused(...argv: string[]): string {
  try {
    const words = parse(grammar, argv);
    words.number("after");
  } catch (error) {
    assert.ok(error instanceof Stop);
    assert.equal(error.status, 2);
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  }
  return assert.fail("nothing was refused");
}

describe("the words of a command line", () => {
  it("are sorted into values, switches and the rest", () => {
    const words = parse(grammar, [
      "--name",
      "ann",
      "home",
      "--stop=a",
      "--stop",
      "b",
      "--after",
      "20",
      "--json",
    ]);
    assert.equal(words.text("name"), "ann");
    assert.deepEqual(words.texts("stop"), ["a", "b"]);
    assert.equal(words.number("after"), 20);
    assert.equal(words.on("json"), true);
    assert.deepEqual(words.rest, ["home"]);
  });

  it("are absent where they were not given", () => {
    const words = parse(grammar, []);
    assert.equal(words.text("name"), undefined);
    assert.deepEqual(words.texts("stop"), []);
    assert.equal(words.number("after"), undefined);
    assert.equal(words.on("json"), false);
  });

  it("take a value that begins with a dash only behind an equals sign, and everything behind --", () => {
    assert.equal(parse(grammar, ["--name=-x"]).text("name"), "-x");
    assert.equal(refused("--name", "-x"), "--name needs a value: --name NAME");
    assert.deepEqual(parse(grammar, ["--", "--name"]).rest, ["--name"]);
  });

  it("are refused by the word that is wrong", () => {
    assert.equal(
      refused("--nme", "x"),
      "--nme is not an option of walk; delve-doctor walk --help lists them",
    );
    assert.equal(
      refused("--no-name"),
      "--no-name is not an option of walk; delve-doctor walk --help lists them",
    );
    assert.equal(refused("-j"), "-j is not an option of walk; delve-doctor walk --help lists them");
    assert.equal(refused("--name"), "--name needs a value: --name NAME");
    assert.equal(refused("--name="), "--name needs a value: --name NAME");
    assert.equal(refused("--json=1"), '--json takes no value, and "1" is one');
    assert.equal(refused("--name", "a", "--name", "b"), "--name was given more than once");
    assert.equal(refused("here", "there"), "there is one word too many for walk");
    for (const wrong of ["0", "1.5", "1e3", "ten", "12345678901"])
      assert.match(refused("--after", wrong), /is not a number of milliseconds above 0/);
    assert.match(refused("__proto__", "constructor"), /constructor is one word too many/);
    assert.match(refused("--constructor"), /--constructor is not an option/);
  });

  it("are all listed by --help", () => {
    const text = helpText(grammar);
    assert.match(text, /^delve-doctor walk \[WHERE\] \[options\]\n/);
    for (const name of Object.keys(grammar.options)) assert.match(text, new RegExp(`--${name}`));
  });
});
