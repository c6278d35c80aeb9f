import { cause } from "../../core/cause.ts";
import type { JsonEdit } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { oldApi } from "../../probes/oldApi.ts";
import { serverFix } from "../network/serverFixes.ts";
import { usesLegacyAdapter } from "./legacyAdapter.ts";

const id = "api-version-1";

/** Delve had two JSON-RPC interfaces; the first is gone. */
export const apiVersion1 = cause({
  id,
  title: say`The configuration asks for Delve's API 1, which this Delve no longer has`,
  about: {
    what: "`\"apiVersion\": 1` (or `useApiV1`) makes golang.go's legacy adapter speak the first version of Delve's JSON-RPC interface, and `--api-version=1` makes a server speak it. Delve 1.24 removed that version: a server that is told to says `unknown API version` and ends, after it has said that it listens; one that is not told speaks version 2, which the adapter then does not understand. Take the setting out: version 2 is as old as Delve 1.0, and `dlv-dap` needs neither.",
    notThis:
      "With the `dlv-dap` adapter these settings do nothing at all. A Delve before 1.24 takes them. A server of somebody else's that was started with this flag has ended by the time one connects to it.",
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/rpccommon/server.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/debugAdapter/goDebug.ts",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { dlv: dlvVersion, api: oldApi },
  when: (launch) => usesLegacyAdapter(launch) && launch.mode !== "remote" && settings(launch).length > 0,
  find({ dlv, api }, launch) {
    if (api.taken !== false) return undefined;
    const wrong = settings(launch);
    return {
      certainty: "proven",
      because: say`Delve ${dlv} has no API 1 any more, which ${allOf(wrong.map(({ name }) => name))} asks for.`,
      evidence: [
        ...wrong.map(({ name }) => say`${name} with "debugAdapter": "legacy"`),
        `${launch.dlv} exec --headless --api-version=1: ${api.said}`,
      ],
      fixes: [
        serverFix(`${id}/dlv-dap`, say`Use the dlv-dap adapter, which needs no API version`, {
          kind: "launch.json",
          edits: [{ at: ["debugAdapter"], value: "dlv-dap" }, ...wrong.map(({ edit }) => edit)],
        }),
        serverFix(
          `${id}/api-2`,
          say`Take ${allOf(wrong.map(({ name }) => name))} out, and keep the legacy adapter`,
          { kind: "launch.json", edits: wrong.map(({ edit }) => edit) },
          false,
        ),
      ],
    };
  },
});

/** What asks for API 1, as a person finds it in launch.json, and what takes it out. */
function settings({ config }: Launch): { readonly name: string; readonly edit: JsonEdit }[] {
  const flags = Array.isArray(config["dlvFlags"]) ? config["dlvFlags"] : [];
  const left = flags.filter((flag, index) => !isVersion1(flag, flags[index + 1], flags[index - 1]));
  return [
    ...(config["apiVersion"] === 1 ? [{ name: '"apiVersion": 1', edit: { at: ["apiVersion"] } }] : []),
    ...(config["useApiV1"] === true ? [{ name: '"useApiV1": true', edit: { at: ["useApiV1"] } }] : []),
    ...(left.length === flags.length
      ? []
      : [
          {
            name: say`--api-version=1 in "dlvFlags"`,
            edit: { at: ["dlvFlags"], ...(left.length > 0 && { value: left }) },
          },
        ]),
  ];
}

/** The flag in one word, or either of its two words. */
function isVersion1(flag: unknown, next: unknown, before: unknown): boolean {
  if (flag === "--api-version=1") return true;
  return (flag === "--api-version" && next === "1") || (flag === "1" && before === "--api-version");
}
