# Hashes, HMACs and their sequences, random numbers.

setup() { make_storage_primary; }

case_hash_agrees_with_openssl() {
  echo "the quick brown fox" >data
  for algorithm in sha1 sha256 sha384 sha512; do
    expect_equal $algorithm "$(digest $algorithm <data)" "$(tpm2_hash -C o -g $algorithm data --hex)"
  done
}

case_a_long_input_is_hashed_by_a_sequence() {
  head -c 10000 /dev/urandom >data
  for algorithm in sha1 sha256 sha384 sha512; do
    expect_equal $algorithm "$(digest $algorithm <data)" "$(tpm2_hash -C o -g $algorithm data --hex)"
  done
}

case_input_of_one_buffer_and_a_byte_more_or_less() {
  for size in 0 1 1023 1024 1025 2048 2049; do
    head -c $size /dev/zero >data
    expect_equal "$size bytes" "$(digest sha256 <data)" "$(tpm2_hash -C n -g sha256 data --hex)"
  done
}

case_the_ticket_of_data_that_looks_like_an_attestation_is_empty() {
  printf '\xffTCG and more' >data
  tpm2_hash -Q -C o -g sha256 -o data.hash -t ticket data
  # TPMT_TK_HASHCHECK: tag 0x8024, hierarchy NULL, empty digest.
  expect_equal "ticket" 8024400000070000 "$(hex ticket)"
}

case_the_ticket_of_other_data_carries_a_proof() {
  echo data >data
  tpm2_hash -Q -C o -g sha256 -o data.hash -t ticket data
  # ... hierarchy owner, and an HMAC with the proof of the hierarchy.
  expect_match "ticket" "^80244000000100[234]0" "$(hex ticket)"
}

case_hmac_agrees_with_openssl() {
  local key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
  unhex <<<$key >key.bin
  tpm2_import -Q -G hmac -i key.bin -C "$THEME_DIR/primary.ctx" -u key.pub -r key.priv
  tpm2_load -Q -C "$THEME_DIR/primary.ctx" -u key.pub -r key.priv -c key.ctx
  echo "some data" >data
  expect_equal "HMAC" "$(openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -r <data | cut -d' ' -f1)" \
    "$(tpm2_hmac -c key.ctx --hex data)"
}

case_hmac_with_a_key_the_tpm_made() {
  tpm2_create -Q -C "$THEME_DIR/primary.ctx" -G hmac -c key.ctx
  echo "some data" >data
  tpm2_hmac -c key.ctx -o one data
  tpm2_hmac -c key.ctx -o two data
  expect_file "the same key and data" one two
  echo "other data" >data
  tpm2_hmac -c key.ctx -o two data
  expect_differ "other data" "$(hex one)" "$(hex two)"
}

case_a_long_hmac_is_made_by_a_sequence() {
  local key=a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0
  unhex <<<$key >key.bin
  tpm2_import -Q -G hmac -i key.bin -C "$THEME_DIR/primary.ctx" -u key.pub -r key.priv
  tpm2_load -Q -C "$THEME_DIR/primary.ctx" -u key.pub -r key.priv -c key.ctx
  head -c 7000 /dev/urandom >data
  expect_equal "HMAC" "$(openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -r <data | cut -d' ' -f1)" \
    "$(tpm2_hmac -c key.ctx --hex data)"
}

case_random_bytes_differ_and_have_the_length_asked_for() {
  for size in 1 16 32 48 64; do
    tpm2_getrandom $size -o one
    expect_equal "bytes" $size "$(stat -c %s one)"
  done
  tpm2_getrandom 32 -o one
  tpm2_getrandom 32 -o two
  expect_differ "two draws" "$(hex one)" "$(hex two)"
}

case_more_random_bytes_than_a_digest_holds_are_cut() {
  local response
  response=$(client send 80010000000c0000017bffff)
  expect_equal "response size" 0000004c "${response:4:8}"
  expect_equal "response code" 00000000 "${response:12:8}"
}

case_stir_random_takes_128_bytes_and_no_more() {
  head -c 128 /dev/urandom >additional
  tpm2_stirrandom additional
  expect_equal "129 bytes" 0x000001d5 "$(response_code "80010000008d000001460081$(head -c 129 /dev/zero | hex)")"
}
