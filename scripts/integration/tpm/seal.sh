# Sealed data.

setup() { make_storage_primary; }

case_sealed_data_comes_back() {
  for size in 1 32 128; do
    head -c $size /dev/urandom >secret
    tpm2_create -Q -C ../primary.ctx -i secret -u sealed.pub -r sealed.priv
    tpm2_load -Q -C ../primary.ctx -u sealed.pub -r sealed.priv -c sealed.ctx
    tpm2_unseal -Q -c sealed.ctx -o unsealed
    expect_file "$size bytes" secret unsealed
  done
}

case_more_than_128_bytes_are_refused() {
  head -c 129 /dev/urandom >secret
  expect_failure tpm2_create -C ../primary.ctx -i secret -u sealed.pub -r sealed.priv
}

case_sealed_data_needs_its_auth_value() {
  echo secret | tpm2_create -Q -C ../primary.ctx -i - -p value -c sealed.ctx
  expect_equal "secret" secret "$(tpm2_unseal -c sealed.ctx -p value)"
  expect_rc 0x98e tpm2_unseal -c sealed.ctx -p wrong
  expect_rc 0x98e tpm2_unseal -c sealed.ctx
  tpm2_dictionarylockout -c
}

case_sealed_data_survives_a_tpm_reset() {
  echo secret | tpm2_create -Q -C ../primary.ctx -i - -u sealed.pub -r sealed.priv
  tpm_reset
  tpm2_createprimary -Q -C o -g sha256 -G ecc256 -c primary.ctx
  tpm2_load -Q -C primary.ctx -u sealed.pub -r sealed.priv -c sealed.ctx
  expect_equal "secret" secret "$(tpm2_unseal -c sealed.ctx)"
  cp primary.ctx ..
}

case_a_persistent_sealed_object_unseals() {
  echo secret | tpm2_create -Q -C ../primary.ctx -i - -c sealed.ctx
  tpm2_evictcontrol -Q -C o -c sealed.ctx 0x81000030
  tpm_reset
  expect_equal "secret" secret "$(tpm2_unseal -c 0x81000030)"
  tpm2_evictcontrol -Q -C o -c 0x81000030
  tpm2_createprimary -Q -C o -g sha256 -G ecc256 -c ../primary.ctx
}

case_only_sealed_data_unseals() {
  tpm2_create -Q -C ../primary.ctx -G hmac -c key.ctx
  expect_rc 0x182 tpm2_unseal -c key.ctx
  tpm2_create -Q -C ../primary.ctx -G ecc -c key.ctx
  expect_rc 0x18a tpm2_unseal -c key.ctx
}
