import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { servicesOf } from "./described.ts";

/** dlv as process 1 of a service. */
export const composeDlvInit = rule({
  code: "DLV506",
  id: "compose-dlv-init",
  title: say`dlv runs in a container without an init`,
  severity: "information",
  of: "compose",
  prevents: ["dlv-as-pid1"],
  about: {
    what: "A container's first process inherits every process whose parent is gone, and dlv waits only for the program it debugs: the others stay as zombies. With `init: true` compose starts an init that reaps them and passes signals on.",
    wrong: `services:
  api:
    build: .
    entrypoint: ["dlv", "dap", "--listen=:40000"]
`,
    right: `services:
  api:
    build: .
    init: true
    entrypoint: ["dlv", "dap", "--listen=:40000"]
`,
    sources: ["go-delve/delve#493", "https://github.com/compose-spec/compose-spec/blob/main/05-services.md"],
  },
  *check(file) {
    for (const { at, name, value, dlv } of servicesOf(file)) {
      // A service that is described in several files may have its init in another.
      const whole = (value["image"] ?? value["build"]) !== undefined && value["extends"] === undefined;
      if (dlv?.direct !== true || !whole || value["init"] !== undefined || value["pid"] !== undefined)
        continue;
      const { at: place } = dlv.written;
      const sure = place.at(-1) === "entrypoint";
      yield {
        at: place,
        message: sure
          ? say`dlv is the first process of ${name}, and does not reap what others leave; init: true puts an init above it.`
          : say`dlv is the first process of ${name}, unless its image has an entrypoint of its own, and does not reap what others leave; init: true puts an init above it.`,
        remedies: [{ title: say`Add init: true`, edits: [{ at: [...at, "init"], value: true }] }],
      };
    }
  },
});
