package dev.vtpmd.engine.crypto.selftest;

import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.KeyMaterialSource;
import dev.vtpmd.engine.crypto.RsaEncryption;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.engine.crypto.RsaSignatures;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Arrays;

import static dev.vtpmd.engine.crypto.selftest.KnownAnswers.hex;

/** Answers of a 2048-bit RSA key, made with OpenSSL: to the message "abc", signed with SHA-256 or encrypted. */
final class RsaAnswers {
    private static final String MODULUS =
            "b99338c0d134233c7e123bc338be9839b212ddf8f85b94343875bda44efae4d90e13bef7fee140ec7c43d79a"
                    + "b4910c904beca70706fba48fd44e6255927cd322e1061a8271282ba3af7b40fa8753ad9b39d51b42c213bf5a"
                    + "0f4740da3dbb16bcdfc6bd0c361b057ba5797c3b3c476a3936d9fe516576e508af79091b42669961babfb2ed"
                    + "b832d36033802ca0fbe46dcdee4ba6786cdee978275bf7c191bd48fb7554e021439c91e4fe997b3f25de0707"
                    + "c2a9bd295208e523480da65f4c073c7e0cf80e57c37b2b10af9570ad49debdea347cfc74cba85c2ccb600130"
                    + "ce30c7b0d568d29cc89b0c3a60025db60ba95d1d0f3ddcb7582c22041b6b5c1a33dd8257";

    private static final String PRIME =
            "dafe9d690e6d16d1ad009086e0cf9a904f8862a39bd9c4d74c9f9cc73a8c3fe220b4577084fd5d53a0703802"
                    + "124def76dd2239bd23f68e18d1b9f4d5b3614eacddc3cb8c36def0451ac8603ec5b55b0f1be81394bb258083"
                    + "ee5fe5bf39bf6fe2891cc97f83cdb337f5778693dccaad4ea59a69ad7eae5a7a427b2043de7dfbe7";

    private static final String RSASSA =
            "a88c5b5603ca0a81528add804ac64a0e1820561b927a902e3c609210c20d758ac2fa78e9a5bdd1608a98015c"
                    + "8e8ac11168ccb4c6c34890df1c0804cca77681c24fc96d22c07b48cabb977f050b8d42e2f4aa247d867b6774"
                    + "1d2296d6f8053f2d2d1c55ef83c5ef7ade673508cac2d15507003f56fef0214e40758051a08befb1de7fad55"
                    + "2bed1ca79a7c90a3400010e232b8d0eaf612bbd2944c78b8dd7cef42aacea97b5241e58f1bd7f277fddd7b97"
                    + "b02af02b38a11342617641b2b20ceab79f2956b4806bc738c6a61c7100ecbbd510b458462a4a92f68b589190"
                    + "7283a1b9ceca3bb2a5b82507ecce3f1f29a77b06ad4fdd48137612d6c695ac9b19c6dd45";

    private static final String RSAPSS =
            "2502c58b08e9549cf5f3e03e9e35a95b0285e091b2fdcb2fbce98e2a9a38796083436a79ac7e650ccd5026b5"
                    + "b72baf6ba764df396b2b50d6dad1ad571947dd882d867c88def933df52b1be6863ecb4f0aeb686336160143d"
                    + "e5bf16b79fd9519e5780236330d62bd4f335826d05fe59218d033a194d7e4d33d01a75fcaa4dc552c619080c"
                    + "b1155e077b14920094fda1df80a7b2fd7a66e52e648e034e05ad7a4b96a4e6a1f582b2f9002e17b34c9035d0"
                    + "14fddb294b55c0e399d9d08a9c54e33061e2c5c21456085562765e98144bf24dc61d1cff2564c9b649691f00"
                    + "39bb1b7808965f08b4e0a83d856c8b88e9a33acaea6b8319e40559a84064ec23c4a127ce";

    private static final String RSAES =
            "2fc0ff41348fb0846a6aac888062ecd0c3f60ca40793ec4ddf119374a36cde94b32e7bc4bb83bcef32ad2255"
                    + "784fe4c2d3e3b6a463d3f7deaa7afbd7d94aa08b46aac6e873a798eb8a64571bc31cbf6e36c3d740b4e6d33a"
                    + "178b607c6d40a338047e49965bdfb0f31301be60e5fa3abb753b032df899c9ed3c85e4f315392b7eabcdc133"
                    + "b3fce3f62f70d78713c214439f6fea36bed01388bacf6294b506629df742185e1d1dc87486ea988ec9775a5a"
                    + "11f343faba8513afa77fb3e4a1c121e87ae38f9eeadee4abcde02b1ebb8a5feb06f2f9c47b7ad9aad8b38f85"
                    + "37ef81c8cf3dfc2c6952920ebe61257aa8346833a8a2d8c219af4822d5e7a2607e83e5ec";

    /** With SHA-256 and an empty label. */
    private static final String OAEP =
            "4300c72f35ef1056d1d72220c7d9623bb8b6403707c4b0a1f6c9df0c2345ec1a8bac5fe9aa406d80c2bd9ee0"
                    + "68d0ae85c03c11eef20d394ac90802dfc710bdf0c28c3ad5fd80f1c23447c59d69c76ed1999ee001a3cf971b"
                    + "793d9a64ac176d6a4c5de2afc6a6b31317b8106aa5dddcc154468ff13e2ca472a917b53547f1a3acaf30859a"
                    + "8d164e38f74f4595994911a9993cbd372f46ee94969ec6a4dca4f5cb5a3b072e4a3c3b322fc405fb0bfa194a"
                    + "9098ad7a5eaa211f6acbca13089c97499e8649217f38b256c0736e06ea2295d437bce9a143ff25cd78ecb611"
                    + "dc1bb371950311aab8754f94a8ca1bf37153255f46f2cb206317b1c467b169cf4e6c0300";

    private static final byte[] MESSAGE = {'a', 'b', 'c'};
    private static final String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final RsaSignatures signatures;
    private final RsaEncryption encryption;
    private final RsaPublicKey publicKey = RsaPublicKey.of(hex(MODULUS), 0);
    private RsaPrivateKey privateKey;

    RsaAnswers(AsymmetricProvider asymmetric, KeyMaterialSource random) {
        this.signatures = new RsaSignatures(asymmetric, random, new KeyDerivation());
        this.encryption = new RsaEncryption(asymmetric, random);
    }

    boolean rsassa() {
        byte[] signature = signatures
                .signPkcs1(privateKey(), TpmiAlgHash.SHA256, hex(DIGEST))
                .orElseThrow();
        return Arrays.equals(signature, hex(RSASSA))
                && signatures.verifyPkcs1(publicKey, TpmiAlgHash.SHA256, hex(DIGEST), signature);
    }

    /** Its signatures are random, so one that is known is verified, and one that was made here. */
    boolean rsapss() {
        byte[] signature = signatures
                .signPss(privateKey(), TpmiAlgHash.SHA256, hex(DIGEST))
                .orElseThrow();
        return signatures.verifyPss(publicKey, TpmiAlgHash.SHA256, hex(DIGEST), hex(RSAPSS))
                && signatures.verifyPss(publicKey, TpmiAlgHash.SHA256, hex(DIGEST), signature);
    }

    boolean rsaes() {
        byte[] encrypted = encryption.encryptPkcs1(publicKey, MESSAGE);
        return Arrays.equals(encryption.decryptPkcs1(privateKey(), hex(RSAES)), MESSAGE)
                && Arrays.equals(encryption.decryptPkcs1(privateKey(), encrypted), MESSAGE);
    }

    boolean oaep() {
        byte[] label = {};
        byte[] encrypted = encryption.encryptOaep(publicKey, TpmiAlgHash.SHA256, label, MESSAGE);
        return Arrays.equals(encryption.decryptOaep(privateKey(), TpmiAlgHash.SHA256, label, hex(OAEP)), MESSAGE)
                && Arrays.equals(encryption.decryptOaep(privateKey(), TpmiAlgHash.SHA256, label, encrypted), MESSAGE);
    }

    private RsaPrivateKey privateKey() {
        if (privateKey == null) {
            privateKey = RsaPrivateKey.ofPrime(publicKey, hex(PRIME));
        }
        return privateKey;
    }
}
