package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.attestation.Attestation;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmsNvCertifyInfo;
import dev.vtpmd.protocol.structure.TpmsNvDigestCertifyInfo;
import dev.vtpmd.protocol.structure.TpmuAttest;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.Arrays;

/** TPM2_NV_Certify (Part 3, 31.16): certifies a part of an index, or with size and offset 0 the digest of all of it. */
public final class NvCertify implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b qualifyingData = command.parameter(Tpm2bType.DATA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        int size = command.intParameter(TpmReader::u16);
        int offset = command.intParameter(TpmReader::u16);
        command.endOfParameters();
        Signer signer = Signer.of(command, 1, inScheme, 2);
        NvIndex index = command.nvIndex(3);
        NvAccess.checkRead(command.handle(2), index);
        if (offset + size > index.publicArea().dataSize()) {
            throw TpmException.of(TpmRc.NV_RANGE);
        }
        if (size > NvMemory.LARGEST_TRANSFER) {
            throw TpmException.parameter(3, TpmRc.VALUE);
        }
        TpmState tpm = command.tpm();
        TpmuAttest certified = size == 0 && offset == 0
                ? digest(tpm, index, signer.scheme().hashAlg())
                : contents(tpm, index, offset, size);
        new Attestation(tpm, signer).write(qualifyingData, certified, command.response());
    }

    private static TpmuAttest contents(TpmState tpm, NvIndex index, int offset, int size) {
        byte[] part = Arrays.copyOfRange(index.data().bytes(), offset, offset + size);
        return new TpmsNvCertifyInfo(tpm.nv().name(index), offset, Tpm2b.wrap(part));
    }

    private static TpmuAttest digest(TpmState tpm, NvIndex index, TpmiAlgHash hash) {
        Tpm2b digest = hash == TpmiAlgHash.NULL
                ? Tpm2b.EMPTY
                : Tpm2b.wrap(tpm.digests().digest(hash, index.data().bytes()));
        return new TpmsNvDigestCertifyInfo(tpm.nv().name(index), digest);
    }
}
