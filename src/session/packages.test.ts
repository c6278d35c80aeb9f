import assert from "node:assert/strict";
import { countCompiles } from "./packages.ts";

/** Two packages, one of them compiled in two steps, as `go build -n` of Go 1.26 prints them. */
const plan = `mkdir -p $WORK/b006/
/usr/local/go/pkg/tool/linux_amd64/compile -o $WORK/b006/_pkg_.a -trimpath "$WORK/b006=>" -p internal/goarch -lang=go1.26 -std -N -l
/usr/local/go/pkg/tool/linux_amd64/asm -p internal/abi -trimpath "$WORK/b005=>" -I $WORK/b005/
"/opt/with space/go/pkg/tool/linux_amd64/compile" -o $WORK/b005/_pkg_.a -p internal/abi -lang=go1.26 -N -l
/usr/local/go/pkg/tool/linux_amd64/compile -V=full -o x -p internal/abi -again
/usr/local/go/pkg/tool/linux_amd64/link -o $WORK/b001/exe/a.out -importcfg x
`;

describe("counting packages", () => {
  it("counts each package that Go would compile once", () => {
    assert.equal(countCompiles(plan), 2);
  });

  it("counts none where everything is in the cache", () => {
    assert.equal(countCompiles("/usr/local/go/pkg/tool/linux_amd64/link -o a.out\n"), 0);
  });
});
