import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { diskSpace } from "./space.ts";

const read = (...rows: string[][]) =>
  diskSpace.read(answer(rows.map((row) => `${row.join("\t")}\n`).join("")), launchOf({}));

describe("the space that is left", () => {
  it("counts the blocks that are reserved for root for root only", () => {
    const left = "10 4 4096 7 100";
    const of = (user: string) => read(["work", user, left, "/tmp", "/tmp"]).places[0]?.freeBytes;
    assert.equal(of("0"), 10 * 4096);
    assert.equal(of("1000"), 4 * 4096);
  });

  it("knows free inodes only where the filesystem counts them", () => {
    const { places } = read(
      ["cache", "0", "1 1 512 0 100", "/c", "/"],
      ["output", "0", "1 1 512 0 0", "/o", "/"],
    );
    assert.deepEqual(
      places.map(({ of, freeFiles }) => [of, freeFiles]),
      [
        ["cache", 0],
        ["output", undefined],
      ],
    );
  });

  it("lists other directories with the roomiest first", () => {
    const { others } = read(
      ["other", "0", "1 1 512 5 9", "/a", "/"],
      ["other", "0", "9 9 512 5 9", "/b b", "/b b"],
    );
    assert.deepEqual(
      others.map(({ dir, mount }) => [dir, mount]),
      [
        ["/b b", "/b b"],
        ["/a", "/"],
      ],
    );
  });

  it("is unknown without stat -f", () => {
    assert.throws(() => read(), /stat -f/);
  });
});
