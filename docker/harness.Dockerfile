# tpm2-tools and other clients, with the integration cases, for a TPM that runs elsewhere: TPM2TOOLS_TCTI says where.
# The build context is scripts/.
ARG BASE=debian:12-slim
FROM ${BASE}
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        openssl python3 python3-tpm2-pytss tpm2-tools libtss2-tcti-mssim0 libtss2-tcti-swtpm0 tpm2-openssl tss2 xxd \
    && rm -rf /var/lib/apt/lists/*
COPY integration /opt/vtpmd/scripts/integration
ENV TPM2TOOLS_TCTI=mssim:host=127.0.0.1,port=2321
ENTRYPOINT ["/opt/vtpmd/scripts/integration/run", "--peer", "remote"]
CMD ["tpm", "clients"]
