import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { servicesOf } from "./described.ts";

/** Compose validates its files; compose-go 2.16 refuses these. */
export const composeRightsList = rule({
  code: "DLV503",
  id: "compose-rights-list",
  title: say`cap_add or security_opt is no list of texts`,
  severity: "error",
  of: "compose",
  prevents: ["container-ptrace-eperm"],
  about: {
    what: "`cap_add` and `security_opt` of a service are lists. Compose refuses the whole file where one is a text or a map: `services.api.cap_add must be a array`. The capability may be written with or without `CAP_`, the profile with `:` or `=`.",
    wrong: `services:
  api:
    image: golang:1.26
    cap_add: SYS_PTRACE
`,
    right: `services:
  api:
    image: golang:1.26
    cap_add: [SYS_PTRACE]
`,
    sources: ["https://github.com/compose-spec/compose-spec/blob/main/05-services.md"],
  },
  *check(file) {
    for (const { at, value } of servicesOf(file))
      for (const key of ["cap_add", "security_opt"]) {
        const list = value[key];
        const place = [...at, key];
        if (Array.isArray(list)) {
          const odd = list.findIndex((one) => typeof one === "object" && one !== null);
          if (odd >= 0)
            yield {
              at: [...place, odd],
              message: say`An entry of ${key} is a text: compose refuses the file. Without a blank behind the colon it is one.`,
            };
        } else if (list !== undefined && list !== null)
          yield {
            at: place,
            message: say`${key} is a list: compose refuses the file.`,
            ...(typeof list === "string" &&
              !/[\s,$]/.test(list) && {
                remedies: [{ title: say`Write a list with ${list}`, edits: [{ at: place, value: [list] }] }],
              }),
          };
      }
  },
});
