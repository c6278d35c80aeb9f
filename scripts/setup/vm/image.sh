#!/bin/sh
# Makes kernel, initrd, disk and hostkey.pub in the folder $1, of Debian packages and the static dlv $2.
#
# apt-get of this machine fetches everything, with whatever mirror, proxy and keys it is set up with. An empty status
# file makes it fetch the packages' whole closure. They are unpacked and not configured, so nothing is run in the new
# root, and nothing is installed here.
set -eu
out=$1 dlv=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$out/work
root=$work/root
mkdir -p "$work/debs/partial" "$work/kernel"
: >"$work/status"

apt() {
  apt-get -o Dir::State::status="$work/status" -o Dir::State::extended_states="$work/extended" \
    -o Dir::Cache::archives="$work/debs" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o Debug::NoLocking=1 -o APT::Sandbox::User=root \
    -qq --yes --no-install-recommends --download-only "$@"
}
kernel=$(apt-cache depends linux-image-cloud-amd64 | awk '$1 == "Depends:" { print $2; exit }')
apt install usr-is-merged base-files base-passwd bash busybox-static coreutils dash findutils grep hostname libc-bin \
  libcap2-bin libpam-modules login mawk mount passwd perl-base procps sed util-linux apparmor openssh-server sudo
(cd "$work/kernel" && apt-get -o APT::Sandbox::User=root -qq download "$kernel")

# Debian's directories have been links into /usr since 12, and some packages still name the old ones.
for dir in bin sbin lib lib64; do
  mkdir -p "$root/usr/$dir"
  ln -s "usr/$dir" "$root/$dir"
done
for deb in "$work"/debs/*.deb; do
  dpkg-deb --fsys-tarfile "$deb" | tar -x -p --keep-directory-symlink -C "$root"
done
rm -rf "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"

cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
cat >>"$root/etc/passwd" <<'END'
sshd:*:101:65534::/run/sshd:/usr/sbin/nologin
dev:x:1000:1000::/home/dev:/bin/bash
END
echo 'dev:x:1000:' >>"$root/etc/group"
sed 's/^\([^:]*\):.*/\1:*:19000::::::/' "$root/etc/passwd" >"$root/etc/shadow"
chmod 640 "$root/etc/shadow"
cp -a "$root/etc/skel" "$root/home/dev"
mkdir -p -m 700 "$root/root/.ssh" "$root/home/dev/.ssh"
chown -R 1000:1000 "$root/home/dev"
for stack in auth account session session-noninteractive password; do
  echo "${stack%-noninteractive} required pam_unix.so" >"$root/etc/pam.d/common-$stack"
done
echo 'dev ALL=(ALL:ALL) ALL' >"$root/etc/sudoers.d/dev"
chmod 440 "$root/etc/sudoers.d/dev"
ln -s mawk "$root/usr/bin/awk"
echo delvevm >"$root/etc/hostname"
printf '127.0.0.1 localhost delvevm\n' >"$root/etc/hosts"

cp "$here/guest/sshd_config" "$here/guest/inittab" "$root/etc/"
mv "$root/etc/sshd_config" "$root/etc/ssh/sshd_config"
install -D -m 755 "$here/guest/start" "$root/vm/start"
install -m 755 "$here/guest/serve" "$root/vm/serve"
install -D -m 755 "$dlv" "$root/usr/local/bin/dlv"
ssh-keygen -q -t ed25519 -N '' -C delvevm -f "$root/etc/ssh/hostkey"
cp "$root/etc/ssh/hostkey.pub" "$out/hostkey.pub"

# The disk, without a loop device; sparse, with room for a test's own files.
mkfs.ext4 -q -L root -m 0 -d "$root" "$out/disk" 600M

# The kernel has virtio as modules, so an initrd loads them before it can see the disk.
dpkg-deb -x "$work"/kernel/*.deb "$work/kernel"
version=$(ls "$work/kernel/lib/modules")
cp "$work/kernel/boot/vmlinuz-$version" "$out/kernel"
depmod -b "$work/kernel" "$version"
mkdir -p "$work/initrd/bin" "$work/initrd/modules"
cp "$root/usr/bin/busybox" "$work/initrd/bin/busybox"
install -m 755 "$here/guest/boot" "$work/initrd/init"
for module in virtio_pci virtio_blk virtio_net; do
  modprobe -d "$work/kernel" -S "$version" --show-depends "$module"
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$work/modules"
while read -r file; do
  cp "$file" "$work/initrd/modules/"
  basename "$file"
done <"$work/modules" >"$work/initrd/modules/order"
(cd "$work/initrd" && find . | "$root/usr/bin/busybox" cpio -o -H newc 2>/dev/null) | gzip -1 >"$out/initrd"
rm -rf "$work"
