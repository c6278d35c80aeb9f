import { homedir } from "node:os";
import { findConfigurations } from "../config/find.ts";
import { pick } from "../config/pick.ts";
import { placeOf } from "../config/placeAttribute.ts";
import { platformOf } from "../config/platform.ts";
import type { Words } from "./args.ts";
import type { Choice } from "./choose.ts";
import { usage } from "./stop.ts";

/**
 * A choice with the host that its configuration names itself, where the command line names none. What cannot be picked is
 * told later, by whoever picks. Throws wrong usage for an attribute that names no host.
 */
export async function placed(choice: Choice, words: Pick<Words, "texts">): Promise<Choice> {
  if (words.texts("on").length > 0) return choice;
  const picked = pick(await findConfigurations(choice.folder), choice);
  if ("error" in picked) return choice;
  const { name, config } = picked.chosen;
  try {
    const { on, folder, dlv } =
      placeOf(config, {
        folder: choice.folder,
        platform: platformOf(process.platform),
        processEnv: process.env,
        userHome: homedir(),
      }) ?? {};
    if (on === undefined) return choice;
    const own = {
      on,
      ...(folder !== undefined && { remoteFolder: folder }),
      ...(dlv !== undefined && { dlv }),
    };
    return { ...own, ...choice };
  } catch (error) {
    throw usage(`configuration "${name}": ${error instanceof Error ? error.message : String(error)}`);
  }
}
