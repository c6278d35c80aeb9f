import { allOf, quoted } from "../../core/lists.ts";
import { placeAttribute } from "../../core/placeAttribute.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { inTerminal, startsDlv } from "../../core/starts.ts";

/** dlv on another machine runs without a terminal, so what asks for one cannot be had there. */
export const terminalElsewhere = rule({
  code: "DLV204",
  id: "terminal-elsewhere",
  title: say`dlv on another machine has no terminal`,
  severity: "error",
  of: "configuration",
  prevents: ["terminal-console-no-callback"],
  about: {
    what: '`"delveDoctor": { "on": … }` runs dlv on another machine or in a container, where no terminal of the editor reaches. `"console": "integratedTerminal"` or `"externalTerminal"` and `"asRoot": true` ask for one, and Delve Doctor refuses the launch: `console and asRoot need a terminal, and … gives dlv none`. To debug as root there, log in as root: another alias, `docker exec -u 0` by a container of its own.',
    wrong: `{
  "configurations": [
    { "name": "There", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "console": "integratedTerminal", "delveDoctor": { "on": "ssh:build7" } }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "There", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "delveDoctor": { "on": "ssh:build7" } }
  ]
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts"],
  },
  *check(view) {
    const { config } = view;
    const place = config[placeAttribute];
    if (typeof place !== "object" || place === null || !("on" in place)) return;
    if (typeof place.on !== "string" || !/^(ssh|docker|podman|kubectl):./.test(place.on)) return;
    if (!startsDlv(view)) return;
    const asking = [
      ...(inTerminal(view) ? ["console"] : []),
      ...(config["asRoot"] === true ? ["asRoot"] : []),
    ];
    const [first] = asking;
    if (first === undefined) return;
    const names = allOf(asking.map(quoted));
    yield {
      at: [first],
      message:
        asking.length === 1
          ? say`${names} needs a terminal, and dlv has none on ${place.on}: Delve Doctor refuses the launch.`
          : say`${names} need a terminal, and dlv has none on ${place.on}: Delve Doctor refuses the launch.`,
      remedies: [{ title: say`Remove ${names}`, edits: asking.map((name) => ({ at: [name] })) }],
    };
  },
});
