# Attestation: quotes, certification, credentials.

setup() {
  make_storage_primary
  tpm2_createek -Q -G rsa -c ek.ctx -u ek.pub
  tpm2_createek -Q -G ecc -c ek-ecc.ctx -u ek-ecc.pub
  tpm2_createak -Q -C ek.ctx -G rsa -g sha256 -s rsassa -c ak-rsa.ctx -u ak-rsa.pem -f pem -n ak-rsa.name
  tpm2_createak -Q -C ek-ecc.ctx -G ecc -g sha256 -s ecdsa -c ak-ecc.ctx -u ak-ecc.pem -f pem -n ak-ecc.name
  tpm2_flushcontext -l
}

case_a_quote_is_signed_over_the_pcrs_and_the_qualifying_data() {
  for kind in rsa ecc; do
    tpm2_quote -Q -c ../ak-$kind.ctx -l sha256:0,1,2,15+sha1:7 -q deadbeef -m message -s signature -o pcrs -g sha256
    tpm2_checkquote -Q -u ../ak-$kind.pem -m message -s signature -f pcrs -g sha256 -q deadbeef
    expect_failure tpm2_checkquote -Q -u ../ak-$kind.pem -m message -s signature -f pcrs -g sha256 -q deadbeee
  done
}

case_openssl_verifies_the_signature_of_a_quote() {
  for kind in rsa ecc; do
    tpm2_quote -Q -c ../ak-$kind.ctx -l sha256:0 -q 0123 -m message -s signature -f plain -g sha256
    openssl dgst -sha256 -verify ../ak-$kind.pem -signature signature message
  done
}

case_the_quoted_digest_is_that_of_the_pcr_values() {
  tpm2_pcrextend "15:sha256=$(digest sha256 <<<quoted)"
  tpm2_quote -Q -c ../ak-ecc.ctx -l sha256:14,15 -m message -s signature -g sha256
  tpm2_pcrread sha256:14,15 -o values -Q
  # TPMS_QUOTE_INFO ends with the digest of the selected PCRs.
  expect_match "quote" "0020$(digest sha256 <values)\$" "$(hex message)"
}

case_a_quote_begins_with_the_magic_that_nothing_else_can_sign() {
  tpm2_quote -Q -c ../ak-ecc.ctx -l sha256:0 -m message -s signature
  expect_match "TPMS_ATTEST" "^ff5443478018" "$(hex message)"
}

case_a_key_is_certified_by_another() {
  tpm2_create -Q -C ../primary.ctx -G ecc -u key.pub -r key.priv
  tpm2_load -Q -C ../primary.ctx -u key.pub -r key.priv -c key.ctx -n key.name
  for kind in rsa ecc; do
    tpm2_certify -Q -c key.ctx -C ../ak-$kind.ctx -g sha256 -o attestation -s signature -f plain
    openssl dgst -sha256 -verify ../ak-$kind.pem -signature signature attestation
    expect_match "certified name" "0022$(hex key.name)" "$(hex attestation)"
  done
}

case_the_creation_of_a_key_is_certified() {
  tpm2_createprimary -Q -C o -G ecc -c key.ctx --creation-data creation.data -d creation.hash -t creation.ticket
  tpm2_certifycreation -Q -C ../ak-rsa.ctx -c key.ctx -d creation.hash -t creation.ticket -g sha256 -s rsassa -o signature \
    --attestation attestation -f plain
  openssl dgst -sha256 -verify ../ak-rsa.pem -signature signature attestation
  tpm2_createprimary -Q -C e -G ecc -c other.ctx
  expect_rc 0x4e0 tpm2_certifycreation -C ../ak-rsa.ctx -c other.ctx -d creation.hash -t creation.ticket -g sha256 -s rsassa \
    -o signature --attestation attestation
}

# activates KIND EK: what a verifier encrypts to the EK and the AK's name comes back out.
activates() {
  echo "12345678" >secret
  tpm2_makecredential -Q --tcti none -e ../$2.pub -s secret -n "$(hex ../ak-$1.name)" -o credential
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c e
  tpm2_activatecredential -Q -c ../ak-$1.ctx -C ../$2.ctx -i credential -o recovered -P session:session.ctx
  tpm2_flushcontext session.ctx
  expect_file "credential" secret recovered
}

case_a_credential_for_an_rsa_endorsement_key_is_activated() { activates rsa ek; }

case_a_credential_made_by_the_tpm_is_activated() {
  echo "a secret" >secret
  tpm2_makecredential -Q -e ../ek.pub -s secret -n "$(hex ../ak-rsa.name)" -o credential
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c e
  tpm2_activatecredential -Q -c ../ak-rsa.ctx -C ../ek.ctx -i credential -o recovered -P session:session.ctx
  tpm2_flushcontext session.ctx
  expect_file "credential" secret recovered
}

case_a_credential_for_an_ecc_endorsement_key_is_activated() {
  echo "a secret" >secret
  tpm2_makecredential -Q -e ../ek-ecc.pub -s secret -n "$(hex ../ak-ecc.name)" -o credential
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c e
  tpm2_activatecredential -Q -c ../ak-ecc.ctx -C ../ek-ecc.ctx -i credential -o recovered -P session:session.ctx
  tpm2_flushcontext session.ctx
  expect_file "credential" secret recovered
}

case_a_credential_for_another_key_is_refused() {
  echo secret >secret
  tpm2_makecredential -Q -e ../ek.pub -s secret -n "$(hex ../ak-ecc.name)" -o credential
  tpm2_startauthsession --policy-session -S session.ctx
  tpm2_policysecret -Q -S session.ctx -c e
  expect_rc 0x1df tpm2_activatecredential -c ../ak-rsa.ctx -C ../ek.ctx -i credential -o recovered -P session:session.ctx
  tpm2_flushcontext session.ctx
}

case_the_endorsement_key_needs_its_policy() {
  echo secret >secret
  tpm2_makecredential -Q -e ../ek.pub -s secret -n "$(hex ../ak-rsa.name)" -o credential
  expect_rc 0x12f tpm2_activatecredential -c ../ak-rsa.ctx -C ../ek.ctx -i credential -o recovered
}
