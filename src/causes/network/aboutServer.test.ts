import assert from "node:assert/strict";
import { causes } from "../index.ts";
import { withoutServer } from "./aboutServer.ts";

describe("the verdicts of the near end of a tunnel", () => {
  it("leave open what only the server's own machine shows, and keep all else", () => {
    const found = {
      cause: "two-clients-fight",
      title: "",
      certainty: "likely",
      because: "",
      evidence: [],
      fixes: [],
    } as const;
    const clear = ["noexec-mount", "headless-not-ready-yet", "single-client-used-up"];
    const before = { findings: [found], clear, unknown: [{ cause: "disk-full", because: "df is missing" }] };
    assert.deepEqual(withoutServer(before, causes, "it is elsewhere"), {
      findings: [found],
      clear: ["noexec-mount"],
      unknown: [
        { cause: "disk-full", because: "df is missing" },
        { cause: "headless-not-ready-yet", because: "it is elsewhere" },
        { cause: "single-client-used-up", because: "it is elsewhere" },
      ],
    });
  });
});
