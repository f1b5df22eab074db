# tpm2-openssl: OpenSSL with keys in the TPM.

provider() { TPM2OPENSSL_TCTI=$TPM2TOOLS_TCTI openssl "$@"; }
with=(-provider tpm2 -provider default -propquery '?provider=tpm2')

case_random_bytes() {
  expect_equal "digits" 40 "$(provider rand -provider tpm2 -hex 20 | tr -d '\n' | wc -c)"
}

case_keys_sign_and_openssl_alone_verifies() {
  local n=0 algorithm
  echo data >data
  for algorithm in "RSA -pkeyopt bits:2048" "EC -pkeyopt group:P-256" "EC -pkeyopt group:P-384"; do
    n=$((n + 1))
    # shellcheck disable=SC2086 # options
    provider genpkey -provider tpm2 -algorithm $algorithm -out key$n.pem
    provider pkey "${with[@]}" -in key$n.pem -pubout -out public$n.pem
    provider pkeyutl "${with[@]}" -sign -inkey key$n.pem -rawin -in data -digest sha256 -out signature$n
    openssl dgst -sha256 -verify public$n.pem -signature signature$n data
    command tpm2_flushcontext -t
  done
}

case_an_rsa_key_decrypts() {
  provider genpkey -provider tpm2 -algorithm RSA -pkeyopt bits:2048 -out key.pem
  provider pkey "${with[@]}" -in key.pem -pubout -out public.pem
  echo message >message
  openssl pkeyutl -encrypt -pubin -inkey public.pem -in message -out cipher
  provider pkeyutl "${with[@]}" -decrypt -inkey key.pem -in cipher -out decrypted
  expect_file "message" message decrypted
}

case_a_certificate_request_is_signed_in_the_tpm() {
  provider req "${with[@]}" -x509 -newkey EC -pkeyopt group:P-256 -nodes -subj /CN=vtpm -keyout key.pem -out certificate.pem
  openssl verify -CAfile certificate.pem certificate.pem
}
