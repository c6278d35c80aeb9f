import { withWord } from "../../core/dlvCommand.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { type Described, listOf, objectOf, servicesOf } from "./described.ts";
import { placeOf, remedy } from "./dlvFlags.ts";

/** dlv on the loopback of its container behind a published port. */
export const composeListensInside = rule({
  code: "DLV504",
  id: "compose-listens-inside",
  title: say`A published port leads to a dlv that listens at loopback alone`,
  severity: "warning",
  of: "compose",
  prevents: ["portforward-wrong-address"],
  about: {
    what: "A container has a loopback of its own. A published port comes to the container's other address, so that a dlv which listens at `127.0.0.1` or `localhost` there, or nowhere in particular (then at a random port of 127.0.0.1), is never reached: the connection is made and closed at once. Let it listen at `:PORT`, and publish the port for this machine alone: `127.0.0.1:PORT:PORT`.",
    wrong: `services:
  api:
    build: .
    init: true
    command: dlv dap --listen=127.0.0.1:40000
    ports: ["127.0.0.1:40000:40000"]
`,
    right: `services:
  api:
    build: .
    init: true
    command: dlv dap --listen=:40000
    ports: ["127.0.0.1:40000:40000"]
`,
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go",
      "https://docs.docker.com/engine/network/port-publishing/",
    ],
  },
  *check(file) {
    const services = servicesOf(file);
    for (const service of services) {
      const { name, value, dlv } = service;
      const listen = dlv?.flags.get("listen") ?? dlv?.flags.get("l");
      const [, port] = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d+)$/.exec(listen ?? "") ?? [];
      if (
        dlv === undefined ||
        listen === undefined ||
        port === undefined ||
        !publishes(service, Number(port))
      )
        continue;
      // On the host's network, or on one that somebody else shares, loopback is another matter.
      const shared = services.some((one) => one.value["network_mode"] === `service:${name}`);
      const { network_mode: mode } = value;
      if (shared || (mode !== undefined && mode !== "bridge")) continue;
      const word = dlv.words.find((one) => one.endsWith(listen)) ?? listen;
      yield {
        at: placeOf(dlv, word),
        message: say`dlv listens at the container's own ${listen}, which the published port ${port} never reaches; let it listen at :${port}.`,
        remedies: remedy(say`Listen at :${port}`, withWord(dlv, word, word.replace(listen, `:${port}`))),
      };
    }
  },
});

/** True where the port of the container is surely among those that are published. */
function publishes({ value }: Described, port: number): boolean {
  return listOf(value["ports"]).some((one) => {
    const target = objectOf(one)?.["target"] ?? one;
    const [, from, to] = /(?:^|:)(\d+)(?:-(\d+))?(?:\/tcp)?$/.exec(String(target)) ?? [];
    return from !== undefined && Number(from) <= port && port <= Number(to ?? from);
  });
}
