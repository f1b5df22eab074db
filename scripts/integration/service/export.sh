# Starts its own: two services, and TPMs that go from one to the other in a file.
source "$here/hosts.sh"

control() { swtpm_ioctl --unix "$1/run/guest.sock" "${@:2}"; }
key_pair() {
  openssl genpkey -quiet -algorithm X25519 -out "$1.key" 2>/dev/null || openssl genpkey -algorithm X25519 -out "$1.key"
  openssl pkey -in "$1.key" -pubout -out "$1.pub"
}
# with_tpm PORT COMMAND...
with_tpm() {
  TPM2TOOLS_TCTI="mssim:host=127.0.0.1,port=$1" "${@:2}"
}

case_a_tpm_that_was_exported_does_not_start_again() {
  key_pair there
  serve a
  on a create guest
  control a -i
  refuse "its TPM is on; switch the virtual machine off first" on a export guest file --to there.pub
  expect_failure test -e file
  control a --stop
  refuse "is no X25519 public key in PEM" on a export guest file --to there.key
  on a export guest file --to there.pub
  expect_match "state" "state: *moved" "$(on a show guest)"
  expect_match "reason" "its state was exported at" "$(on a show guest)"
  expect_failure control a -i
  refuse "has moved" on a export guest again --to there.pub
  stop a
  serve a
  expect_failure control a -i
  on a reclaim guest
  control a -i
  stop a
}

case_an_exported_tpm_is_for_its_recipient_and_imported_once() {
  local port_b uuid=2e1c3f0a-8a55-4c5e-a0b2-9b6a1f0c7d11
  port_b=$(free_ports)
  key_pair here
  key_pair there
  serve a
  serve b
  on a create guest --uuid $uuid
  on a export guest file --to there.pub --from here.key
  refuse "encrypted for another key" on b import file --key here.key --from here.pub
  refuse "give the sender's public key" on b import file --key there.key
  refuse "sent by somebody else" on b import file --key there.key --from there.pub
  head -c 200 file >torn
  refuse "was changed" on b import torn --key there.key --from here.pub
  on b import file --key there.key --from here.pub --mssim "$port_b"
  expect_match "the same TPM" $uuid "$(on b show guest)"
  wait_for 60 listening "$port_b"
  with_tpm "$port_b" tpm2_startup -c
  with_tpm "$port_b" tpm2_nvdefine -Q -C o -s 4 0x1500001 -a "ownerread|ownerwrite"
  refuse "has this TPM already" on b import file --key there.key --from here.pub
  on b destroy guest
  refuse "was destroyed here after it was exported" on b import file --key there.key --from here.pub
  # The file is all that is left, and the operator of its source knows it.
  refuse "reclaim" on a import file --key there.key --from here.pub
  stop a
  stop b
}

case_a_tpm_comes_back_with_what_it_has_learned() {
  local port
  port=$(free_ports)
  key_pair here
  key_pair there
  serve a
  serve b
  on a create guest --snapshots allow
  on a export guest one --to there.pub
  on b import one --key there.key --mssim "$port" --name other
  expect_match "its permission" "snapshots: *allow" "$(on b show other)"
  wait_for 60 listening "$port"
  with_tpm "$port" tpm2_startup -c
  with_tpm "$port" tpm2_nvdefine -Q -C o -s 4 0x1500001 -a "ownerread|ownerwrite"
  printf abcd | with_tpm "$port" tpm2_nvwrite -Q 0x1500001 -C o -i -
  control_other_off "$port"
  on b export other two --to here.pub
  on a import two --key here.key
  refuse "has this TPM already" on a import two --key here.key
  control a -i
  expect_match "state" "state: *on" "$(on a show guest)"
  expect_match "NV index" "0x01500001" "$(inspect_a)"
  stop a
  stop b
}
# SIGNAL_POWER_OFF on the MSSIM platform port.
control_other_off() {
  python3 - "$(($1 + 1))" <<'PYTHON'
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as platform:
    platform.sendall(bytes.fromhex("00000002"))
    assert platform.recv(4) == bytes(4)
PYTHON
}
inspect_a() { "$VTPMD" inspect a/state/instances/* --key-file a/state/host.key; }
