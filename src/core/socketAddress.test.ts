import assert from "node:assert/strict";
import { socketAddress } from "./socketAddress.ts";

describe("an address of /proc/net/tcp", () => {
  const cases: readonly [string, string, number][] = [
    ["0100007F:1F90", "127.0.0.1", 8080],
    ["00000000:0929", "0.0.0.0", 2345],
    ["00000000000000000000000001000000:0929", "::1", 2345],
    ["00000000000000000000000000000000:0929", "::", 2345],
    ["0000000000000000FFFF00000200000A:0001", "10.0.0.2", 1],
    ["B80D0120000000000000000001000000:FFFF", "2001:db8::1", 65_535],
  ];
  for (const [hex, host, port] of cases)
    it(`is read in the machine's byte order: ${host}`, () =>
      assert.deepEqual(socketAddress(hex), { host, port }));
});
