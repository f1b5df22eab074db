# Starts its own: a libvirt daemon that sees directories of its own where the machine's libvirt has its, a service, and QEMU.
source "$here/own_service.sh"

# Everything that libvirt keeps, and its user, is in the directory of the case.
private_libvirt() {
  local folder
  mkdir -p libvirt/{etc/hooks/qemu.d,run,lib,log/qemu,cache}
  ln -s "$(dirname "$VTPMD")/../share/libvirt/qemu-hook" libvirt/etc/hooks/qemu.d/vtpmd
  for folder in etc:/etc run:/run lib:/var/lib log:/var/log cache:/var/cache; do
    mkdir -p "${folder#*:}/libvirt"
    mount --bind "libvirt/${folder%%:*}" "${folder#*:}/libvirt"
  done
  mkdir -p libvirt/log-swtpm /var/log/swtpm
  mount --bind libvirt/log-swtpm /var/log/swtpm
  cp /etc/passwd /etc/group libvirt
  getent passwd libvirt-qemu >/dev/null || echo "libvirt-qemu:x:64055:64055::/:/bin/false" >>libvirt/passwd
  getent group libvirt-qemu >/dev/null || echo "libvirt-qemu:x:64055:" >>libvirt/group
  getent group kvm >/dev/null || echo "kvm:x:64054:" >>libvirt/group
  mount --bind libvirt/passwd /etc/passwd
  mount --bind libvirt/group /etc/group
  printf '%s\n' 'user = "root"' 'group = "root"' 'swtpm_user = "root"' 'swtpm_group = "root"' 'security_driver = "none"' 'cgroup_controllers = []' 'namespaces = []' \
    'remember_owner = 0' 'stdio_handler = "file"' >libvirt/etc/qemu.conf
  printf '%s\n' 'listen_tls = 0' 'auth_unix_rw = "none"' "log_outputs = \"3:file:$PWD/libvirtd.log\"" >libvirt/etc/libvirtd.conf
  # As in examples/libvirt-swtpm.conf of the package.
  PATH=$(dirname "$VTPMD"):$PATH libvirtd -f "$PWD/libvirt/etc/libvirtd.conf" -p "$PWD/libvirtd.pid" &
  wait_for 40 virsh list
}
UEFI="<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader><nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'/>"
virsh() { command virsh -q -c qemu:///system "$@"; }

# domain NAME OS-XML [TPM-BACKEND]: with the TPM of the instance `guest`, or another.
domain() {
  cat >"$1.xml" <<XML
<domain type='qemu'>
  <name>$1</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type>$2</os>
  <features><acpi/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <tpm model='tpm-crb'>${3:-<backend type='external'><source type='unix' mode='connect' path='$PWD/run/guest.sock'/></backend>}</tpm>
  </devices>
</domain>
XML
}

tidy() {
  local pid
  tail -n 20 libvirtd.log service.log
  for pid in libvirt/run/qemu/*.pid libvirtd.pid service.pid; do kill "$(cat "$pid")" || true; done
}

run_a_domain() {
  private_libvirt
  serve
  ctl create guest
  domain bios ''
  domain uefi "$UEFI"
  domain variables "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_VARS_4M.fd</loader><nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'/>"
  expect_failure virsh create bios.xml 2>refusal
  expect_match "virsh" "vtpmd: bios has a vTPM and is not started: its XML names no UEFI firmware" "$(cat refusal)"
  expect_failure virsh create variables.xml 2>refusal
  expect_match "virsh" "vtpmd: variables has a vTPM and is not started: .*has UEFI variables alone" "$(cat refusal)"
  expect_match "state" "state: *off" "$(ctl show guest)"
  virsh create uefi.xml
  expect_match "domains" "uefi +running" "$(virsh list)"
  expect_match "state" "state: *on" "$(ctl show guest)"
  virsh destroy uefi
  kill "$(cat libvirtd.pid)"
  stop
}
run_a_domain_with_a_swtpm() {
  local pid
  private_libvirt
  domain guest "$UEFI" "<backend type='emulator' version='2.0'/>"
  # libvirt waits a second for the socket, which a busy machine may be too slow for.
  wait_for 120 virsh create guest.xml
  expect_match "domains" "guest +running" "$(virsh list)"
  pid=$(cat libvirt/run/qemu/swtpm/*.pid)
  expect_match "the program" "java|vtpmd" "$(readlink "/proc/$pid/exe")"
  # What swtpm_setup has made, and swtpm keeps.
  expect_equal "states" 1 "$(find libvirt/lib/swtpm -name tpm2-00.permall | wc -l)"
  virsh destroy guest
  wait_for 20 gone "$pid"
  kill "$(cat libvirtd.pid)"
}

in_a_private_libvirt() {
  export UEFI
  export -f private_libvirt virsh domain "$1" serve ctl api stop wait_for expect_match expect_equal expect_failure fail gone
  unshare --mount --propagation private bash -euo pipefail -c "$1"
}
case_libvirt_starts_a_domain_with_a_tpm_of_the_service_and_uefi_alone() { in_a_private_libvirt run_a_domain; }
case_libvirt_starts_vtpmds_swtpm_where_it_is_first_in_the_path() { in_a_private_libvirt run_a_domain_with_a_swtpm; }
