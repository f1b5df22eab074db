# IBM's TSS, a client of its own make: no ESAPI, other marshalling, other sessions.

# It speaks MSSIM, or raw TPM packets to a swtpm data port.
tss() {
  local tool=$1 kind=mssim host=${TPM2TOOLS_TCTI#*host=} port=${TPM2TOOLS_TCTI##*port=}
  shift
  [[ $TPM2TOOLS_TCTI == mssim:* ]] || kind=raw
  env TPM_INTERFACE_TYPE=socsim TPM_SERVER_TYPE=$kind TPM_SERVER_NAME="${host%%,*}" TPM_COMMAND_PORT="$port" \
    TPM_PLATFORM_PORT=$((port + 1)) TPM_DATA_DIR=. TPM_ENCRYPT_SESSIONS=0 "tss$tool" "$@"
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

# signs -rsa|-ecc CREATE-OPTION...
signs() {
  local scheme=$1
  shift
  expect_match "handle" "80000000" "$(tss createprimary -hi o -ecc nistp256 -st)"
  tss create -hp 80000000 -si "$@" -kt f -kt p -pwdk key -opr key.priv -opu key.pub
  tss load -hp 80000000 -ipr key.priv -ipu key.pub
  echo message >message
  tss sign -hk 80000001 -halg sha256 "$scheme" -if message -os signature -pwdk key
  tss verifysignature -hk 80000001 -halg sha256 "$scheme" -if message -is signature
  tss flushcontext -ha 80000001
  tss flushcontext -ha 80000000
}

case_an_rsa_key_signs_and_verifies() { signs -rsa -rsa; }

case_an_ecc_key_signs_and_verifies() { signs -ecc -ecc nistp256; }

case_a_salted_session_unseals_with_encryption() {
  echo secret >secret
  tss createprimary -hi o -rsa -st -opu primary.pub
  tss create -hp 80000000 -bl -if secret -kt f -kt p -pwdk auth -opr sealed.priv -opu sealed.pub
  tss load -hp 80000000 -ipr sealed.priv -ipu sealed.pub
  tss startauthsession -se h -hs 80000000
  tss unseal -ha 80000001 -of unsealed -pwd auth -se0 02000000 41
  expect_file "secret" secret unsealed
  tss unseal -ha 80000001 -of unsealed -pwd auth -se0 02000000 0
  expect_failure tss flushcontext -ha 02000000
  tss flushcontext -ha 80000001
  tss flushcontext -ha 80000000
}

case_a_bound_session_reads_and_writes_nv_encrypted() {
  tss nvdefinespace -hi o -ha 01000002 -pwdn nv -sz 16
  tss startauthsession -se h -bi 01000002 -pwdb nv
  tss nvwrite -ha 01000002 -pwdn nv -ic 0123456789abcdef -se0 02000000 21
  tss nvread -ha 01000002 -pwdn nv -sz 16 -of read -se0 02000000 41
  expect_equal "data" 0123456789abcdef "$(cat read)"
  tss flushcontext -ha 02000000
  tss nvundefinespace -hi o -ha 01000002
}

case_nv_indices() {
  tss nvdefinespace -hi o -ha 01000001 -pwdn nv -sz 16
  tss nvwrite -ha 01000001 -pwdn nv -ic 0123456789abcdef
  tss nvread -ha 01000001 -pwdn nv -sz 16 -of read
  expect_equal "data" 0123456789abcdef "$(cat read)"
  tss nvundefinespace -hi o -ha 01000001
}
