# RSA encryption and symmetric encryption, against openssl.

setup() {
  make_storage_primary
  tpm2_create -Q -C primary.ctx -G rsa2048 -c rsa.ctx -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt"
  tpm2_readpublic -Q -c rsa.ctx -f pem -o rsa.pem
  echo "a short message" >plain
}

case_rsa_schemes_encrypt_and_decrypt() {
  for scheme in rsaes oaep-sha1 oaep-sha256 oaep-sha384; do
    tpm2_rsaencrypt -Q -c ../rsa.ctx -s ${scheme%-*} -o cipher ../plain
    tpm2_rsadecrypt -Q -c ../rsa.ctx -s ${scheme%-*} -o decrypted cipher
    expect_file "$scheme" ../plain decrypted
  done
}

case_openssl_encrypts_and_the_tpm_decrypts() {
  openssl pkeyutl -encrypt -pubin -inkey ../rsa.pem -in ../plain -out cipher
  tpm2_rsadecrypt -Q -c ../rsa.ctx -s rsaes -o decrypted cipher
  expect_file "RSAES" ../plain decrypted
  # TPM2_RSA_Encrypt's label is a string with its terminating zero (Part 1, B.4); the tools send an empty label.
  openssl pkeyutl -encrypt -pubin -inkey ../rsa.pem -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 \
    -pkeyopt rsa_mgf1_md:sha256 -in ../plain -out cipher
  tpm2_rsadecrypt -Q -c ../rsa.ctx -s oaep -o decrypted cipher
  expect_file "OAEP" ../plain decrypted
}

case_rsa_without_padding_is_the_bare_operation() {
  { printf '\0' && head -c 255 /dev/urandom; } >block
  tpm2_rsaencrypt -Q -c ../rsa.ctx -s null -o cipher block
  openssl pkeyutl -encrypt -pubin -inkey ../rsa.pem -pkeyopt rsa_padding_mode:none -in block -out expected
  expect_file "RSAEP" expected cipher
  tpm2_rsadecrypt -Q -c ../rsa.ctx -s null -o decrypted cipher
  expect_file "RSADP" block decrypted
}

case_a_changed_ciphertext_is_refused() {
  tpm2_rsaencrypt -Q -c ../rsa.ctx -s oaep -o cipher ../plain
  python3 - <<'PYTHON'
data = bytearray(open("cipher", "rb").read())
data[100] ^= 1
open("cipher", "wb").write(data)
PYTHON
  expect_rc "$(peer_answers 0x101 0x084)" tpm2_rsadecrypt -c ../rsa.ctx -s oaep -o decrypted cipher
}

case_a_message_too_long_for_the_scheme_is_refused() {
  head -c 250 /dev/zero >long
  # As libtpms says it, without entering failure mode.
  expect_rc 0x101 tpm2_rsaencrypt -c ../rsa.ctx -s rsaes -o cipher long
}

case_symmetric_modes_agree_with_openssl() {
  head -c 16 /dev/urandom >iv
  head -c 64 /dev/urandom >plain
  local bits mode
  for bits in 128 256; do
    head -c $((bits / 8)) /dev/urandom >key.bin
    tpm2_import -Q -C ../primary.ctx -G aes -i key.bin -u key.pub -r key.priv
    tpm2_load -Q -C ../primary.ctx -u key.pub -r key.priv -c key.ctx
    tpm2_encryptdecrypt -Q -c key.ctx -t iv -o cipher plain
    openssl enc -aes-$bits-cfb -K "$(hex key.bin)" -iv "$(hex iv)" -in plain -out expected
    expect_file "AES-$bits-CFB" expected cipher
    tpm2_encryptdecrypt -Q -d -c key.ctx -t iv -o decrypted cipher
    expect_file "AES-$bits-CFB back" plain decrypted
  done
}

case_a_key_of_any_mode_encrypts_in_the_mode_of_the_command() {
  head -c 16 /dev/urandom >iv
  head -c 48 /dev/urandom >plain
  for mode in cbc cfb ofb ctr ecb; do
    tpm2_create -Q -C ../primary.ctx -G aes128$mode -c key.ctx
    if [ $mode = ecb ]; then
      tpm2_encryptdecrypt -Q -c key.ctx -G $mode -o cipher plain
      tpm2_encryptdecrypt -Q -d -c key.ctx -G $mode -o decrypted cipher
    else
      tpm2_encryptdecrypt -Q -c key.ctx -G $mode -t iv -o cipher plain
      tpm2_encryptdecrypt -Q -d -c key.ctx -G $mode -t iv -o decrypted cipher
    fi
    expect_differ "$mode" "$(hex plain)" "$(hex cipher)"
    expect_file "$mode back" plain decrypted
  done
}

case_a_long_text_is_encrypted_in_blocks_with_the_vector_carried_on() {
  head -c 16 /dev/urandom >iv
  head -c 16 /dev/urandom >key.bin
  head -c 5000 /dev/urandom >plain
  tpm2_import -Q -C ../primary.ctx -G aes -i key.bin -u key.pub -r key.priv
  tpm2_load -Q -C ../primary.ctx -u key.pub -r key.priv -c key.ctx
  tpm2_encryptdecrypt -Q -c key.ctx -t iv -o cipher plain
  openssl enc -aes-128-cfb -K "$(hex key.bin)" -iv "$(hex iv)" -in plain -out expected
  expect_file "AES-128-CFB" expected cipher
}
