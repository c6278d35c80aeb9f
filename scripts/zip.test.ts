import assert from "node:assert/strict";
import { namesOf, withoutModes } from "./zip.ts";

/** Two empty files as Info-ZIP 3.0 packs them: a with the mode 0600, b with 0755. */
const zip = Buffer.from(
  "UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAYVBLAwQKAAAAAAAAACEAAAAAAAAAAAAAAAAAAQAAAGJQSwECHgMKAAAAAAAA" +
    "ACEAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAgIEAAAAAYVBLAQIeAwoAAAAAAAAAIQAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAADtgR8AAABiUEsFBgAAAAACAAIAXgAAAD4AAAAAAA==",
  "base64",
);

describe("a zip file", () => {
  it("tells the names of its entries", () => {
    assert.deepEqual(namesOf(zip), ["a", "b"]);
  });

  it("loses the modes of its files and nothing else", () => {
    const changed = withoutModes(zip);
    const differ = [...zip.keys()].filter((at) => zip[at] !== changed[at]);
    const central = zip.indexOf("PK\u0001\u0002");
    // The two bytes of a Unix mode in the attributes of a and of b; the upper ones say a regular file already.
    assert.deepEqual(differ, [central + 40, central + 47 + 40]);
    assert.deepEqual(
      differ.map((at) => changed[at]),
      [0o644 & 0xff, 0o644 & 0xff],
    );
    assert.deepEqual(withoutModes(changed), changed);
  });

  it("is refused where it does not end as one, or its directory is not where it says", () => {
    assert.throws(() => namesOf(zip.subarray(0, -1)), /does not end as a zip file/);
    assert.throws(() => namesOf(Buffer.alloc(3)), /does not end as a zip file/);
    const moved = Buffer.from(zip);
    moved.writeUInt32LE(7, moved.length - 6);
    assert.throws(() => withoutModes(moved), /no entry of a zip file is at byte 7/);
  });
});
