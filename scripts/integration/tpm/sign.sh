# Signing and verification, each scheme also verified or signed by openssl.

setup() {
  make_storage_primary
  for kind in rsa2048 rsa3072 ecc256 ecc384 ecc521; do
    tpm2_create -Q -C primary.ctx -G $kind -c $kind.ctx
    tpm2_readpublic -Q -c $kind.ctx -f pem -o $kind.pem
  done
  echo "data to sign" >data
}

# signs KEY SCHEME HASH [OPENSSL-OPTION...]: openssl and the TPM both accept the TPM's signature, and no other data with it.
signs() {
  local key=$1 scheme=$2 hash=$3
  shift 3
  tpm2_sign -Q -c ../$key.ctx -s $scheme -g $hash -f plain -o signature.plain ../data
  openssl dgst -$hash -verify ../$key.pem "$@" -signature signature.plain ../data
  tpm2_sign -Q -c ../$key.ctx -s $scheme -g $hash -o signature ../data
  tpm2_verifysignature -Q -c ../$key.ctx -g $hash -m ../data -s signature
  echo "other data" >other
  expect_rc 0x2db tpm2_verifysignature -Q -c ../$key.ctx -g $hash -m other -s signature
}

case_rsassa_with_each_hash() {
  for hash in sha1 sha256 sha384 sha512; do
    signs rsa2048 rsassa $hash
  done
}

case_rsassa_with_a_3072_bit_key() { signs rsa3072 rsassa sha384; }

case_rsapss_with_each_hash() {
  for hash in sha1 sha256 sha384 sha512; do
    signs rsa2048 rsapss $hash -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:auto
  done
}

case_ecdsa_on_each_curve() {
  signs ecc256 ecdsa sha1
  signs ecc256 ecdsa sha256
  signs ecc256 ecdsa sha512
  signs ecc384 ecdsa sha384
  signs ecc521 ecdsa sha512
}

case_two_ecdsa_signatures_of_the_same_data_differ() {
  tpm2_sign -Q -c ../ecc256.ctx -g sha256 -f plain -o one ../data
  tpm2_sign -Q -c ../ecc256.ctx -g sha256 -f plain -o two ../data
  expect_differ "signatures" "$(hex one)" "$(hex two)"
}

case_hmac_is_a_signing_scheme_too() {
  tpm2_create -Q -C ../primary.ctx -G hmac:sha256 -c key.ctx
  tpm2_sign -Q -c key.ctx -g sha256 -s hmac -o signature ../data
  tpm2_verifysignature -Q -c key.ctx -g sha256 -m ../data -s signature
  echo other >other
  expect_rc 0x2db tpm2_verifysignature -Q -c key.ctx -g sha256 -m other -s signature
}

case_a_key_with_a_scheme_signs_with_no_other() {
  tpm2_create -Q -C ../primary.ctx -G rsa2048:rsapss-sha256:null -c key.ctx
  tpm2_readpublic -Q -c key.ctx -f pem -o key.pem
  tpm2_sign -Q -c key.ctx -s rsapss -g sha256 -f plain -o signature ../data
  openssl dgst -sha256 -verify key.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:auto -signature signature ../data
  expect_failure tpm2_sign -c key.ctx -s rsassa -g sha256 -o signature ../data
}

case_signatures_of_openssl_verify_in_the_tpm() {
  openssl genrsa -out rsa.pem 2048
  openssl rsa -in rsa.pem -pubout -out rsa.pub.pem
  tpm2_loadexternal -Q -C o -G rsa -u rsa.pub.pem -c rsa.ctx
  openssl dgst -sha256 -sign rsa.pem -out signature ../data
  tpm2_verifysignature -Q -c rsa.ctx -g sha256 -m ../data -f rsassa -s signature -t ticket
  # TPMT_TK_VERIFIED of the owner hierarchy.
  expect_match "ticket" "^802240000001" "$(hex ticket)"
  openssl dgst -sha256 -sign rsa.pem -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -out signature ../data
  tpm2_verifysignature -Q -c rsa.ctx -g sha256 -m ../data -f rsapss -s signature
  openssl ecparam -name secp384r1 -genkey -noout -out ecc.pem
  openssl ec -in ecc.pem -pubout -out ecc.pub.pem
  tpm2_loadexternal -Q -C o -G ecc -u ecc.pub.pem -c ecc.ctx
  openssl dgst -sha384 -sign ecc.pem -out signature ../data
  tpm2_verifysignature -Q -c ecc.ctx -g sha384 -m ../data -f ecdsa -s signature
}

case_a_restricted_key_signs_only_what_the_tpm_hashed() {
  tpm2_createek -Q -G ecc -c ek.ctx
  tpm2_createprimary -Q -C o -G ecc:ecdsa-sha256:null -c ak.ctx \
    -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign"
  tpm2_hash -Q -C o -g sha256 -o digest -t ticket ../data
  tpm2_sign -Q -c ak.ctx -g sha256 -d -t ticket -o signature digest
  tpm2_verifysignature -Q -c ak.ctx -g sha256 -m ../data -s signature
  # Without a ticket the tool sends a NULL one.
  expect_rc 0x3e0 tpm2_sign -c ak.ctx -g sha256 -d -o signature digest
  printf '\xffTCG forged' >forged
  tpm2_hash -Q -C o -g sha256 -o digest -t ticket forged
  expect_rc 0x3e0 tpm2_sign -c ak.ctx -g sha256 -d -t ticket -o signature digest
}

case_a_digest_of_another_length_is_refused() {
  head -c 20 /dev/zero >digest
  expect_rc 0x1d5 tpm2_sign -c ../ecc256.ctx -g sha256 -d -o signature digest
}

case_a_decryption_key_does_not_sign() {
  tpm2_create -Q -C ../primary.ctx -G rsa2048 -c key.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt"
  expect_rc 0x19c tpm2_sign -c key.ctx -g sha256 -s rsassa -o signature ../data
}
