import { probe } from "../core/probe.ts";

/**
 * A directory outside the home where this user's go may keep a cache: it is the user's own already, or is not there yet.
 * What somebody else has made under that name could hold anything, and is never taken. Undefined where there is none.
 */
export const cachePlace = probe<string | undefined>({
  id: "cache-place",
  sh: `d=/var/tmp/delve-doctor-$(id -u)
if [ -L "$d" ]; then exit 0; fi
if [ -e "$d" ]; then [ -d "$d" ] && [ -O "$d" ] && [ -w "$d" ] || exit 0
else [ -d /var/tmp ] && [ -w /var/tmp ] || exit 0
fi
echo "$d"
`,
  read: ({ stdout }) => stdout.trim() || undefined,
});
