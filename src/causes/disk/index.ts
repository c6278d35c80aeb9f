import type { Cause } from "../../core/cause.ts";
import { diskFull } from "./diskFull.ts";
import { drvfsSlow } from "./drvfsSlow.ts";
import { nfsLockHang } from "./nfsLockHang.ts";
import { noexecMount } from "./noexecMount.ts";
import { packageDirUnwritable } from "./packageDirUnwritable.ts";

export const diskCauses: readonly Cause[] = [
  diskFull,
  drvfsSlow,
  nfsLockHang,
  noexecMount,
  packageDirUnwritable,
];
