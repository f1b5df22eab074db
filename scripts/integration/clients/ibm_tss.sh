# IBM's TSS, a client of its own make: no ESAPI, other marshalling, other sessions.

# It speaks MSSIM, or raw TPM packets to a swtpm data port.
setup() { :; }

tss() {
  local tool=$1 kind=mssim
  shift
  [[ $TPM2TOOLS_TCTI == mssim:* ]] || kind=rawsingle
  env TPM_INTERFACE_TYPE=socsim TPM_SERVER_TYPE=$kind TPM_SERVER_NAME=127.0.0.1 \
    TPM_COMMAND_PORT="${TPM2TOOLS_TCTI##*port=}" TPM_PLATFORM_PORT=$((${TPM2TOOLS_TCTI##*port=} + 1)) TPM_DATA_DIR=. \
    "tss$tool" "$@"
}

case_startup_self_test_and_random() {
  tss getrandom -by 16
  tss getcapability -cap 6
  expect_match "PCR" "digest length 32" "$(tss pcrread -ha 0 -halg sha256)"
}

case_pcr_extend() {
  local before
  before=$(tss pcrread -ha 16 -halg sha256 -ns)
  tss pcrextend -ha 16 -halg sha256 -ic data
  expect_differ "PCR 16" "$before" "$(tss pcrread -ha 16 -halg sha256 -ns)"
  tss pcrreset -ha 16
}

case_a_signing_key_signs_and_verifies() {
  local kind
  for kind in rsa:-rsa:2048 ecc:-ecc:nistp256; do
    IFS=: read -r kind option value <<<"$kind"
    tss createprimary -hi o -ecc nistp256 -st
    tss create -hp 80000000 -si "$option" "$value" -kt f -kt p -pwdk key -opr key.priv -opu key.pub
    tss load -hp 80000000 -ipr key.priv -ipu key.pub
    echo message >message
    tss sign -hk 80000001 -halg sha256 "-sal$kind" x -if message -os signature -pwdk key 2>/dev/null ||
      tss sign -hk 80000001 -halg sha256 -salg "$kind" -if message -os signature -pwdk key
    tss verifysignature -hk 80000001 -halg sha256 "-$kind" -if message -is signature ||
      tss verifysignature -hk 80000001 -halg sha256 -if message -is signature
    tss flushcontext -ha 80000001
    tss flushcontext -ha 80000000
  done
}

case_an_hmac_session_salted_and_bound() {
  tss createprimary -hi o -ecc nistp256 -st
  tss create -hp 80000000 -bl -if <(echo secret) -kt f -kt p -pwdk auth -opr sealed.priv -opu sealed.pub || {
    echo secret >secret
    tss create -hp 80000000 -bl -if secret -kt f -kt p -pwdk auth -opr sealed.priv -opu sealed.pub
  }
  tss load -hp 80000000 -ipr sealed.priv -ipu sealed.pub
  tss startauthsession -se h -hs 80000000
  tss unseal -ha 80000001 -of unsealed -se0 02000000 1 -pwd auth
  tss unseal -ha 80000001 -of unsealed -se0 02000000 41 -pwd auth || true
  tss flushcontext -ha 02000000 || true
  expect_equal "secret" secret "$(cat unsealed)"
  tss flushcontext -ha 80000001
  tss flushcontext -ha 80000000
}

case_nv_indices() {
  tss nvdefinespace -hi o -ha 01000001 -pwdn nv -sz 16
  tss nvwrite -ha 01000001 -pwdn nv -ic 0123456789abcdef
  tss nvread -ha 01000001 -pwdn nv -sz 16 -of read
  expect_equal "data" 0123456789abcdef "$(cat read)"
  tss nvundefinespace -hi o -ha 01000001
}
