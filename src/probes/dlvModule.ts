import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** The module version that a dlv was built from, such as "1.8.2"; undefined where go names none, as for "(devel)". */
export const dlvModule = probe<string | undefined>({
  id: "dlv-module",
  args: (launch) => [launch.dlv],
  // The Go extension compares this and not what `dlv version` says. The folder's go.mod would have go fetch another go.
  sh: 'PATH=$LAUNCH_PATH GOTOOLCHAIN=local; export PATH GOTOOLCHAIN; file=$(command -v "$1") || exit 0; exec go version -m "$file"',
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(say`go version -m said: ${stderr.trim() || say`nothing`}`);
    return /^[ \t]*mod[ \t]+github\.com\/go-delve\/delve\s+v(\d\S*)/m.exec(stdout)?.[1];
  },
});
