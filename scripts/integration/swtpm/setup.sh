# Starts its own: swtpm_setup of the machine provisions a state with this swtpm.

# As root, Debian's swtpm_setup would change to the user `tss`; the certificates come from a CA in the case's folder.
provision() {
  mkdir -p state ca
  cat >localca.conf <<CONF
statedir = $PWD/ca
signingkey = $PWD/ca/signkey.pem
issuercert = $PWD/ca/issuercert.pem
certserial = $PWD/ca/certserial
CONF
  printf '%s\n' '--platform-manufacturer Acme' '--platform-version 1.0' '--platform-model Machine' >localca.options
  cat >setup.conf <<CONF
create_certs_tool= $(command -v swtpm_localca)
create_certs_tool_config = $PWD/localca.conf
create_certs_tool_options = $PWD/localca.options
active_pcr_banks = sha256
CONF
  swtpm_setup --tpm2 --runas root --tpm "$SWTPM socket" --tpm-state "$PWD/state" --config "$PWD/setup.conf" --logfile "$PWD/log" "$@" ||
    { cat log && return 1; }
}

start() {
  PORT=$(free_ports)
  export TPM2TOOLS_TCTI=swtpm:port=$PORT
  "$SWTPM" socket --tpm2 --tpmstate dir=state --server type=tcp,port=$PORT --ctrl "type=tcp,port=$((PORT + 1))" \
    --flags not-need-init,startup-clear --pid "file=$PWD/swtpm.pid" &
  wait_for 10 test -s swtpm.pid
}

stop() { kill "$(cat swtpm.pid)" && wait; }
tidy() { stop; }

case_endorsement_keys_certificates_and_banks() {
  provision --create-ek-cert --create-platform-cert --lock-nvram
  start
  tpm2_readpublic -Q -c 0x81010001 -f pem -o ek.pem
  tpm2_nvread -C p -o ek.der 0x1c00002
  openssl x509 -inform der -in ek.der -pubkey -noout >certified.pem
  expect_file "certified key" ek.pem certified.pem
  tpm2_readpublic -Q -c 0x81010016 -f pem -o ek384.pem
  tpm2_nvread -C p -o ek384.der 0x1c00016
  openssl x509 -inform der -in ek384.der -pubkey -noout >certified.pem
  expect_file "certified key" ek384.pem certified.pem
  tpm2_createek -Q -G rsa -c ek.ctx -u created.pem -f pem
  expect_file "the EK of the template" ek.pem created.pem
  expect_match "banks" "sha1: *\[ *\]" "$(tpm2_getcap pcrs)"
  stop
}

case_a_storage_primary_key() {
  provision --create-spk --overwrite
  start
  tpm2_readpublic -c 0x81000001
  stop
}

case_a_provisioned_state_is_not_provisioned_again() {
  provision --createek
  find state -type f -not -name .lock -exec sha256sum {} + >before
  provision --createek --not-overwrite
  find state -type f -not -name .lock -exec sha256sum {} + >after
  expect_file "state" before after
}
