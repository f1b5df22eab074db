# Starts its own: services, and firmware images from Debian's packages, whole, damaged and made anew.
source "$here/own_service.sh"

OVMF=/usr/share/OVMF/OVMF_CODE_4M.fd

refuse_with_1() {
  refuse "$@"
  expect_equal "status" 1 "$refusal_status"
}
check() { "$VTPMD" check-firmware "$@"; }

key_and_certificate() { # NAME [OPENSSL-REQ-ARGUMENT...]
  openssl req -x509 -newkey rsa:2048 -noenc -keyout "$1.key" -out "$1.pem" -subj "/CN=$1" -days 30 "${@:2}" 2>/dev/null
}
# sign KEY FILE: as docs/firmware.md says.
sign() { openssl dgst -sha256 -sign "$1" -out "$2.sig" "$2"; }

# switch_on_refused NAME: what QEMU does first, CMD_INIT, fails.
switch_on_refused() { expect_failure swtpm_ioctl --unix "run/$1.sock" -i; }
switch_on_and_off() {
  swtpm_ioctl --unix "run/$1.sock" -i
  swtpm_ioctl --unix "run/$1.sock" --stop
}

case_firmware_of_distributions_is_looked_into() {
  local image found=0
  for image in /usr/share/OVMF/OVMF*CODE*.fd /usr/share/ovmf/OVMF.fd /usr/share/AAVMF/AAVMF_CODE.fd /usr/share/qemu-efi-aarch64/QEMU_EFI.fd; do
    [ -f "$image" ] || continue
    expect_match "$image" "UEFI firmware with TPM 2.0 support for (x86-64|x86|aarch64), SHA-256 [0-9a-f]{64}$" "$(check "$image")"
    found=$((found + 1))
  done
  [ $found -ge 4 ] || fail "only $found images"
  expect_match "digest" "$(sha256sum <$OVMF | cut -d' ' -f1)" "$(check $OVMF --json)"
}

case_what_is_no_uefi_firmware_is_refused_and_named() {
  refuse_with_1 "/etc/passwd: is not UEFI firmware: there is no firmware volume in it" check /etc/passwd
  refuse_with_1 "bios-256k.bin: is not UEFI firmware" check /usr/share/seabios/bios-256k.bin
  refuse_with_1 "has UEFI variables alone, not the firmware: give the CODE file" check /usr/share/OVMF/OVMF_VARS_4M.fd
  head -c 1000000 $OVMF >torn.fd
  refuse_with_1 "torn.fd: is cut off" check torn.fd
  cp $OVMF damaged.fd
  # In the compressed section, which has no checksum but what LZMA notices.
  printf 'XXXX' | dd of=damaged.fd bs=1 seek=700000 conv=notrunc status=none
  refuse_with_1 "damaged.fd: is damaged: the compressed section" check damaged.fd
  qemu-img convert -O qcow2 $OVMF code.qcow2
  refuse_with_1 "code.qcow2: is a qcow2 image.*qemu-img convert -O raw" check code.qcow2
  truncate -s 1T huge.fd
  refuse_with_1 "huge.fd: is longer than the 64 MiB" check huge.fd
  refuse_with_1 "missing.fd: there is no such file" check missing.fd
  refuse_with_1 "is not a file" check /dev/zero
  if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    cp $OVMF secret.fd
    chmod 600 secret.fd
    chmod 755 "$WORK" "$THEME_DIR" .
    refuse_with_1 "secret.fd: permission denied" setpriv --reuid nobody --regid nogroup --clear-groups "$VTPMD" check-firmware "$PWD/secret.fd"
  fi
}

case_uefi_firmware_without_tpm_is_refused() {
  # Debian has none, so its OVMF is taken apart, its TCG2 driver given other GUIDs, and put together again.
  python3 - $OVMF without.fd same.fd <<'PYTHON'
import lzma, struct, sys, uuid
image = open(sys.argv[1], "rb").read()
guided = image.index(uuid.UUID("ee4e5898-3914-4259-9d6e-dc7bd79403cf").bytes_le) - 4
size = int.from_bytes(image[guided:guided + 3], "little")
offset = guided + struct.unpack_from("<H", image, guided + 20)[0]
plain = lzma.decompress(image[offset:guided + size], lzma.FORMAT_ALONE)
def rebuilt(content):
    filters = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 16 << 20}]
    packed = lzma.compress(content, lzma.FORMAT_ALONE, filters=filters)
    # The size in the header instead of an end marker, as UEFI wants it; the decoder stops there.
    packed = packed[:5] + struct.pack("<Q", len(content)) + packed[13:]
    out = bytearray(image)
    end = guided + size
    new = offset + len(packed)
    assert new <= end + 64 * 1024, (new, end)
    assert out[end:end + 64 * 1024].strip(b"\xff") == b""
    out[offset:end] = b"\xff" * (end - offset)
    out[offset:new] = packed
    section = new - guided
    out[guided:guided + 3] = section.to_bytes(3, "little")
    # The file around it: its header ends somewhere before, in front of sections that only align.
    file = image.index(uuid.UUID("9e21fd93-9c72-4c15-8c4b-e77f1db2d792").bytes_le)
    length = int.from_bytes(out[file + 20:file + 23], "little") + (section - size)
    out[file + 20:file + 23] = length.to_bytes(3, "little")
    out[file + 16] = 0
    out[file + 16] = -(sum(out[file:file + 24]) - out[file + 17] - out[file + 23]) & 0xFF
    return bytes(out)
open(sys.argv[3], "wb").write(rebuilt(plain))
final = uuid.UUID("1e2ed096-30e2-4254-bd89-863bbef82325").bytes_le
assert final in plain
open(sys.argv[2], "wb").write(rebuilt(plain.replace(final, uuid.UUID(int=1).bytes_le)))
PYTHON
  expect_match "put together again" "UEFI firmware with TPM 2.0 support" "$(check same.fd)"
  refuse_with_1 "without.fd: is UEFI firmware without TPM 2.0 support" check without.fd
}

case_an_instance_is_bound_to_firmware() {
  serve
  refuse_with_1 "/etc/passwd: is not UEFI firmware" ctl create guest --firmware /etc/passwd
  expect_equal "instances" 0 "$(ctl list | grep -c guest || true)"
  cp $OVMF code.fd
  ctl create guest --firmware code.fd
  expect_match "show" "firmware: *$PWD/code.fd" "$(ctl show guest)"
  expect_match "arguments" "-drive if=pflash,unit=0,format=raw,readonly=on,file=$PWD/code.fd" "$(ctl qemu-args guest)"
  refuse_with_1 "is bound to the firmware $PWD/code.fd" ctl qemu-args guest --firmware $OVMF
  switch_on_and_off guest
  # Another good image in its place, as a package brings it, is good, and noted.
  cp /usr/share/OVMF/OVMF_CODE_4M.secboot.fd code.fd
  switch_on_and_off guest
  expect_match "log" "audit: guest: its firmware $PWD/code.fd has changed from SHA-256" "$(cat service.log)"
  expect_match "digest" "$(sha256sum <code.fd | cut -d' ' -f1)" "$(ctl show guest)"
  cp /usr/share/seabios/bios-256k.bin code.fd
  switch_on_refused guest
  expect_match "log" "guest: the TPM cannot start: its firmware cannot be used: $PWD/code.fd: is not UEFI firmware" "$(cat service.log)"
  refuse_with_1 "code.fd: is not UEFI firmware" ctl qemu-args guest
  ctl set guest --any-firmware
  switch_on_and_off guest
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' service.log || true)"
  stop
}

case_qemu_args_refuse_what_is_not_uefi_and_boot_what_is() {
  serve
  new guest
  refuse_with_1 "bios-256k.bin: is not UEFI firmware" ctl qemu-args guest --firmware /usr/share/seabios/bios-256k.bin
  cp /usr/share/OVMF/OVMF_VARS_4M.fd variables.fd
  expect_match "arguments" "unit=1,format=raw,file=$PWD/variables.fd" "$(ctl qemu-args guest --firmware $OVMF --variables variables.fd)"
  # shellcheck disable=SC2046 # the words of a command line
  timeout 100 qemu-system-x86_64 -machine q35 -accel tcg -m 256 -display none -nodefaults -no-user-config \
    $(ctl qemu-args guest --firmware $OVMF --variables variables.fd) -pidfile qemu.pid &
  wait_for 20 test -s qemu.pid
  # The firmware measures into the TPM: it is what the look into it said.
  wait_for 90 measured
  kill "$(cat qemu.pid)"
  wait_for 20 gone "$(cat qemu.pid)"
  stop
}
measured() {
  curl -sS --unix-socket run/vtpmd.admin http://vtpmd/metrics >metrics
  grep -Eq 'command="PCR_(EXTEND|EVENT)",result="SUCCESS"' metrics
}

case_where_there_is_a_certificate_only_signed_firmware_starts() {
  key_and_certificate fleet
  key_and_certificate stranger
  cp $OVMF code.fd
  serve --firmware-certificate fleet.pem
  new guest
  switch_on_refused guest
  refuse_with_1 "this service wants signed firmware, and none is named for it: vtpmd set guest --firmware FILE" ctl qemu-args guest
  refuse_with_1 "code.fd: is not signed: there is no code.fd.sig beside it .openssl dgst -sha256 -sign KEY" ctl set guest --firmware code.fd
  sign stranger.key code.fd
  refuse_with_1 "code.fd.sig: is no SHA-256 signature of code.fd by the key of the certificate $PWD/fleet.pem .CN=fleet" \
    ctl set guest --firmware code.fd
  switch_on_refused guest
  sign fleet.key code.fd
  ctl set guest --firmware code.fd
  switch_on_and_off guest
  expect_match "arguments" "file=$PWD/code.fd" "$(ctl qemu-args guest)"
  printf X >>code.fd
  switch_on_refused guest
  # What was bound before the service wanted signatures has to have one too; and what must start at once says so at once.
  refuse_with_1 "this service wants signed firmware: name it with --firmware FILE" ctl create other --mssim "$(free_ports)"
  stop
  # A certificate put in its place counts from the next start of a TPM on.
  cp $OVMF code.fd
  sign stranger.key code.fd
  serve --firmware-certificate fleet.pem
  switch_on_refused guest
  cp stranger.pem fleet.pem
  switch_on_and_off guest
  stop
  expect_equal "stack traces" 0 "$(grep -c '^\s*at ' service.log || true)"
}

case_a_certificate_that_cannot_be_used_is_refused_when_the_service_starts() {
  mkdir state run
  wrong() { refuse_with_1 "$1" "$VTPMD" serve --state-dir state --run-dir run --firmware-certificate "$2"; }
  wrong "missing.pem: there is no such file" missing.pem
  wrong "passwd: is no X.509 certificate in PEM or DER" /etc/passwd
  key_and_certificate ca -addext keyUsage=keyCertSign
  wrong "ca.pem: the certificate's key usage does not have digitalSignature" ca.pem
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout old.key -out old.pem -subj "/CN=old" -days -1 2>/dev/null ||
    expired old
  wrong "old.pem: the certificate has expired at 20" old.pem
  expect_equal "state" "" "$(ls state)"
}
# expired NAME: where openssl req makes no certificate that has expired.
expired() {
  cat >ca.conf <<CONF
[ca]
default_ca = it
[it]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
[any]
commonName = supplied
CONF
  touch index
  echo 01 >serial
  openssl req -new -newkey rsa:2048 -noenc -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
  openssl ca -batch -selfsign -config ca.conf -keyfile "$1.key" -in "$1.csr" -startdate 20200101000000Z -enddate 20210101000000Z \
    -notext -out "$1.pem" 2>/dev/null
}

# domain TPM OS-XML: a domain as libvirt gives it to hooks.
domain() {
  cat <<XML
<domain type='qemu' id='1'>
  <name>guest</name>
  <memory unit='MiB'>64</memory>
  $2
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    $1
  </devices>
</domain>
XML
}
EMULATED="<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
EXTERNAL="<tpm model='tpm-crb'><backend type='external'><source type='unix' mode='connect' path='/run/vtpmd/web1.sock'/></backend></tpm>"
PASSED_THROUGH="<tpm model='tpm-tis'><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>"
BIOS="<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"
uefi() { echo "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><loader readonly='yes' type='pflash'>$1</loader></os>"; }

hook() { "$(dirname "$VTPMD")/../share/libvirt/qemu-hook" "$@"; }
starts() { domain "$@" | hook guest prepare begin -; }

case_libvirts_hook_starts_a_domain_with_tpm_and_uefi_alone() {
  export VTPMD_FIRMWARE_CERTIFICATE=$PWD/firmware.pem
  refuse_with_1 "guest has a vTPM and is not started: its XML names no UEFI firmware" starts "$EMULATED" "$BIOS"
  refuse_with_1 "names no UEFI firmware" starts "$EXTERNAL" "$BIOS"
  refuse_with_1 "bios.bin: is not UEFI firmware" starts "$EMULATED" "<os><type>hvm</type><loader>/usr/share/seabios/bios.bin</loader></os>"
  refuse_with_1 "OVMF_VARS_4M.fd: has UEFI variables alone" starts "$EXTERNAL" "$(uefi /usr/share/OVMF/OVMF_VARS_4M.fd)"
  starts "$EMULATED" "$(uefi $OVMF)"
  starts "$EXTERNAL" "$(uefi $OVMF)"
  starts "$EMULATED" "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>"
  starts "" "$BIOS"
  starts "$PASSED_THROUGH" "$BIOS"
  # A domain that runs or ends is left alone, whatever it has.
  domain "$EMULATED" "$BIOS" | hook guest stopped end -
  domain "$EMULATED" "$BIOS" | hook guest release end -
  domain "$EMULATED" "$BIOS" | hook guest reconnect begin -
  domain "$EMULATED" "$BIOS" >xml
  refuse_with_1 "names no UEFI firmware" hook guest start begin - <xml
  refuse_with_1 "its XML cannot be read" hook guest start begin - </etc/passwd
  key_and_certificate firmware
  refuse_with_1 "OVMF_CODE_4M.fd: is not signed" starts "$EMULATED" "$(uefi $OVMF)"
  cp $OVMF code.fd
  sign firmware.key code.fd
  starts "$EMULATED" "$(uefi "$PWD/code.fd")"
}
