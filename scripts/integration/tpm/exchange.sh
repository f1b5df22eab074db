# Key exchange with ephemeral keys that the TPM makes again from a counter, against openssl.

# What precedes the coordinates in the DER encoding of a public key on P-256.
public_key_header=3059301306072a8648ce3d020106082a8648ce3d03010703420004

setup() {
  make_storage_primary
  tpm2_create -Q -C primary.ctx -G ecc256:ecdh-sha256:null -c exchange.ctx \
    -a "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|decrypt"
  tpm2_readpublic -Q -c exchange.ctx -f pem -o exchange.pem
}

# make_client_key NAME: leaves NAME.pem and, as TPM2B_ECC_POINT, NAME.point
make_client_key() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.pem"
  local point
  point=$(openssl ec -in "$1.pem" -pubout -outform der 2>/dev/null | tail -c 64 | hex)
  unhex <<<"00440020${point:0:64}0020${point:64}" >"$1.point"
}

# x_of FILE: the x coordinate in a TPM2B_ECC_POINT
x_of() { head -c 36 "$1" | tail -c 32; }

case_both_secrets_agree_with_openssl() {
  make_client_key static
  make_client_key ephemeral
  tpm2_ecephemeral -Q -u tpm.point -t counter ecc256
  tpm2_zgen2phase -Q -c ../exchange.ctx --static-public static.point --ephemeral-public ephemeral.point \
    -t "$((0x$(hex counter)))" --output-Z1 z1 --output-Z2 z2
  x_of z1 >static_secret
  x_of z2 >ephemeral_secret
  openssl pkeyutl -derive -inkey static.pem -peerkey ../exchange.pem -out expected
  expect_file "static keys" expected static_secret
  local point
  point=$(hex tpm.point)
  unhex <<<"$public_key_header${point:8:64}${point:76}" | openssl pkey -pubin -inform der -out tpm.pem
  openssl pkeyutl -derive -inkey ephemeral.pem -peerkey tpm.pem -out expected
  expect_file "ephemeral keys" expected ephemeral_secret
}

case_an_ephemeral_key_serves_once() {
  make_client_key client
  tpm2_ecephemeral -Q -u tpm.point -t counter ecc256
  local exchange=(tpm2_zgen2phase -Q -c ../exchange.ctx --static-public client.point --ephemeral-public client.point
    -t "$((0x$(hex counter)))" --output-Z1 z1 --output-Z2 z2)
  "${exchange[@]}"
  expect_rc 0x4c4 "${exchange[@]}"
}
