import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "../paths/samples.ts";

/** Names in env that no environment variable can have. */
export const envName = rule({
  code: "DLV218",
  id: "env-name",
  title: say`No environment variable can have this name`,
  severity: "error",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: "The name of an environment variable is not empty and has no `=` in it: Delve refuses the launch with `failed to setenv(…) - setenv: invalid argument`. Mostly a whole `NAME=value` has been written where the name belongs.",
    wrong: sample({ env: { "LEVEL=debug": "" } }),
    right: sample({ env: { LEVEL: "debug" } }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go"],
  },
  *check({ config, request }) {
    const { env } = config;
    // Delve reads no env of an attach.
    if (request !== "launch" || typeof env !== "object" || env === null || Array.isArray(env)) return;
    for (const [name, value] of Object.entries(env)) {
      // Whatever null takes away was not there.
      if ((name !== "" && !name.includes("=")) || value === null) continue;
      // What stands behind the = may be a secret.
      const [bare = ""] = name.split("=", 1);
      const rest = name.slice(bare.length + 1);
      const at = ["env", name];
      const split = bare !== "" && !Object.hasOwn(env, bare) && value === "";
      yield {
        at,
        mark: "key",
        message:
          name === ""
            ? say`An empty name is no name of a variable: Delve refuses the launch.`
            : say`"${bare}=…" is no name of a variable: Delve refuses the launch.`,
        remedies: [
          ...(split
            ? [
                {
                  title: say`Write it as the variable ${bare} and its value`,
                  edits: [{ at }, { at: ["env", bare], value: rest }],
                },
              ]
            : []),
          { title: say`Remove it`, edits: [{ at }] },
        ],
      };
    }
  },
});
