# Profile full: what the default profile does not have.

setup() { make_storage_primary; }

# key ALGORITHM FILE: makes a key and loads it as FILE.ctx.
key() {
  tpm2_create -Q -C "$THEME_DIR/primary.ctx" -G "$1" -u "$2.pub" -r "$2.priv"
  tpm2_load -Q -C "$THEME_DIR/primary.ctx" -u "$2.pub" -r "$2.priv" -c "$2.ctx"
}

case_capabilities_name_every_algorithm_and_curve() {
  local algorithms curves name
  algorithms=$(tpm2_getcap algorithms)
  for name in tdes sm3_256 sm4 ecdaa sm2 ecschnorr ecmqv camellia sha3_256 sha3_384 sha3_512; do
    expect_match "algorithms" "^$name:" "$algorithms"
  done
  # shellcheck disable=SC2046 # curves without spaces
  curves=$(echo $(tpm2_getcap ecc-curves))
  expect_equal "curves" "TPM2_ECC_NIST_P192: 0x1 TPM2_ECC_NIST_P224: 0x2 TPM2_ECC_NIST_P256: 0x3 TPM2_ECC_NIST_P384: 0x4 \
TPM2_ECC_NIST_P521: 0x5 TPM2_ECC_BN_P256: 0x10 TPM2_ECC_BN_P638: 0x11 TPM2_ECC_SM2_P256: 0x20" "$curves"
}

case_openssl_verifies_what_sm2_and_p224_sign() {
  printf 'a message' >message
  openssl dgst -sm3 -binary message >digest
  tpm2_createprimary -Q -C e -g sm3_256 -G ecc_sm2 -c sm2_primary.ctx
  key ecc_sm2:sm2-sm3_256 sm2
  tpm2_sign -Q -c sm2.ctx -g sm3_256 -s sm2 -d digest -f plain -o sm2.signature
  tpm2_readpublic -Q -c sm2.ctx -f tpmt -o sm2.tpmt
  # A SubjectPublicKeyInfo with the curve 1.2.156.10197.1.301; the point is the end of the TPMT_PUBLIC, two sized numbers.
  {
    unhex <<<3059301306072a8648ce3d020106082a811ccf5501822d03420004
    tail -c 66 sm2.tpmt | head -c 32
    tail -c 32 sm2.tpmt
  } >sm2.der
  openssl pkeyutl -verify -pubin -keyform DER -inkey sm2.der -in digest -sigfile sm2.signature
  key ecc224:ecdsa p224
  tpm2_readpublic -Q -c p224.ctx -f pem -o p224.pem
  tpm2_sign -Q -c p224.ctx -g sha256 -s ecdsa -f plain -o p224.signature message
  openssl dgst -sha256 -verify p224.pem -signature p224.signature message
}

case_the_tpm_verifies_what_it_signs_and_decrypts_what_it_encrypts() {
  local cipher
  printf 'sixteen bytes...' >message
  key ecc256:ecschnorr schnorr
  tpm2_sign -Q -c schnorr.ctx -g sha256 -s ecschnorr -o signature message
  tpm2_verifysignature -Q -c schnorr.ctx -g sha256 -m message -s signature
  printf 'another message' >other
  expect_failure tpm2_verifysignature -Q -c schnorr.ctx -g sha256 -m other -s signature
  for cipher in camellia128cfb camellia256cbc sm4_128cfb; do
    key $cipher $cipher
    tpm2_encryptdecrypt -Q -c $cipher.ctx -o encrypted message
    expect_failure cmp -s encrypted message
    tpm2_encryptdecrypt -Q -d -c $cipher.ctx -o decrypted encrypted
    expect_file $cipher message decrypted
  done
}

# The last one: a TPM Reset ends the context of the primary key.
case_sm3_hashes_and_gets_a_bank_of_pcrs() {
  local digest
  digest=$(printf 'a measurement' | digest sm3)
  expect_equal "hash" "$digest" "$(printf 'a measurement' | tpm2_hash -g sm3_256 --hex)"
  tpm2_pcrallocate -Q sha1:none+sha256:all+sha384:none+sha512:none+sm3_256:all
  tpm_reset
  tpm2_pcrextend "16:sm3_256=$digest"
  expect_equal "PCR 16" "$(extended sm3 "$(printf '00%.0s' $(seq 32))" "$digest")" "$(pcr sm3_256 16)"
}
