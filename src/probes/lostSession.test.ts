import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { lostSession } from "./lostSession.ts";

const link = { refused: [], reopened: true, lostClient: "127.0.0.1 8080" } as const;
const read = (stdout: string, launch = launchOf({}, { link })) => lostSession.read(answer(stdout), launch);

describe("a lost connection, seen from the host", () => {
  it("is established where the host still has it, mapped into IPv6 as well", () => {
    assert.deepEqual(read("12.50\n0100007F:1F90\n"), { established: true, upMs: 12_500 });
    assert.equal(read("12.50\n0000000000000000FFFF00000100007F:1F90\n")?.established, true);
    assert.equal(read("12.50\n0200007F:1F90\n")?.established, false);
    assert.equal(read("12.50\n")?.established, false);
  });

  it("is nothing where no connection was lost, or the host has no /proc", () => {
    assert.equal(read("12.50\n", launchOf({})), undefined);
    assert.equal(read(""), undefined);
  });
});
