package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static dev.vtpmd.engine.crypto.RsaVectors.hex;

/** RSA signatures with the hash functions that NIST's and RSA Laboratories' vectors do not have. */
final class RsaSha3AndSm3Vectors {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** RSASSA-PKCS1-v1_5: test 2 of Wycheproof's rsa_signature_2048_sha3_*_test.json, 20 bytes of zero. */
    static final List<Published> RSASSA = List.of(
            new Published(TpmiAlgHash.SHA3_256, hex("""
                    9a9978ed8968b4eeff1bba921ec7a8aff62f89c289d2a4576bed7e05ffec8af9101771f1cde3f5bcabf555021f102384
                    8aa2ad24f3f0c75cdc68e565e806c8fc35393c4503895e622b8e335ab8a1faddfa0a3eea79361b0662459d58887fa7d0
                    f320230c36f521dfea5cf13d864c4ea1811aa5953afbac29f1fcb68847640f4711c92742af9c7eca813f2e1e9e794ce3
                    fe5130ed5bb11be3bdf730d491fc62eb0a26b440f4bf4eb822933fa89b2b9783df06b0b725d09df9365489c30b55bdef
                    fada4d8c893ce32000e248c172c6e76d5db2185ddd1204b33c3a64d2723500b4912197d13304c80b93357019f3cbb778
                    34f88d72b3a23e214e288097213876c7
                    """), hex("""
                    0c1fd3d46253f29ab3f274b95a34b1a7a4b4eb2371b8df94805e98649ab7809c212217217c10b0a69911668160b81be8
                    455c11d6276a437115123bcfb9d43ff353b36793a3c0863570dbc3d1a486a54e80b56fa681311205f29b17da8e081217
                    ddb1e070f0a09f8978a3e1ed835836c387b50315c141ebe8d7a954bb013784c93ec2fb6a26b66959673519823f987bda
                    a81aa00441dfef0374a0d674b710093be04b59dfc40e4774871a2b15891df6d845c31c986348ba08fa319caa1a1a0ef8
                    86fff82173d539d198cd25e5fe07c784af90a5adc231402d78fb344714722b9cea760425ddd31bc6b1970f1119a72cbb
                    d27d346ec7e6f9a73cc779192f17065c
                    """)),
            new Published(TpmiAlgHash.SHA3_384, hex("""
                    984ec65b106524355c0c81309694da2aa916984225bf60544e44959ac0e765c496b8053bfb1cd1ae3d666c8e3f0f8f75
                    07f1516d68fc9557c5f200fa0d6e994e50ec4215fd313a80187158d2d541e22a5a5a42025fe5b781a6111a1041bb08d0
                    46026d55544336e5578b02a498cb5b6310868ebe654b0aaadd76b5e4bc3c10997cfae00cef098c3395899a4163659559
                    978cafd6cf1531cb575ad570617c6c206f949b6d4050f2f130154ab17c3ac66b6d551dff03564cf3a8bbe867c75b077a
                    303d55771834df840e77b0511cdcf29a3873b738ba5cbd714c6dd144ffc7e7e4438397f1c81f2bb2f763d8232a7ce343
                    571665fe99d4a61fb6975f8c8c8b98e7
                    """), hex("""
                    62e15aa794f2ee4c1f197839f44b17f2533b030188ac572924438a8522a802a750546c1281cc87a495ce5e0549dacc82
                    9f3ae24dc831314b78855c9702580a992f996f7b8a4dd80006383b461d541581cd3555023f0ae15a362c501d31e9bc10
                    9ed5c2c9d8df2adff54ec2ebdfd52cda4e8621b53ba03f0008a5bbdb726ea39b111834082332282c3b992049d7fd93d5
                    e7ec9d732fef46cfa6cdc30dc2529bd6c7d35c4ccd6a8fbd88678cd9fd9781471a5deb2e66b0e7ddbacac2c3ec0cc320
                    61521eb3f041e25878586ff642b463d51894c6c85179b3cee9ac2b5ff418c319f079bc25091dd70e1460cdb58c612dd4
                    56ae88f6a400c57d45d6ccb9cd10b67a
                    """)),
            new Published(TpmiAlgHash.SHA3_512, hex("""
                    9fac485187a39c6ec7c20a323c30dc67df9f2156c94a31a4c7befe14d914c15e1b5c195ba838ff7e2e40702b7dc9a487
                    a0ad748e80a7ecdc79fb72f70d4fa2b76e2221a1db2d4694917fdc0d4b16d0b6ba9aa8b17904a3688c66221506423ce5
                    95c4fc8837a73c6cecfcd5b09f39f849358cbd5f56165fa683a90553faf8a7db6c95d0e18eff0f4e18b7ae6704470fc0
                    0113ca2894df334b426fcbb2ffa0dcd85e919f18f0c75fbb5614ee8152b07d95fdf57939e8ca81891702f4c3d64653cf
                    15c69698e0fbdd76fda537cbc9eddcecd57b3d7b95be7f42f4d1c65c4647d02604c8516d2bd3dd9385d8cbda296525d6
                    90b3fe4cdcb76b4b6833ea929aa9267b
                    """), hex("""
                    10285c90b1d6b629a06e964452e24ae8cbcee8833c8d1eb7eca8681f55649db5dde6888d4fd363a0dedafcba35a561b2
                    dc8e8a0f7a470a8cf1480beba3d956ef6f37b72b520e0c29be71004106b5743e33d5d790f91aeebe39e43c63aebf9b07
                    2990d295a05b3ad021025eec5922a711b0c1dbba0d9bcda7b802caa30c9874508ccb0c09a932bf96f24b30d832e2fb6c
                    f810fa1d8edb2743c36d2a5f0ef70f9c96e0ff60115ad5fec50110794846ab122e44d9e3b9bcd39a9017b241e7d11812
                    764b235471721ac37d44b0c84e7a0b5032ab4d4dac62255516c83ef9cc161f75baa7c2eaf75b0d8fa135fa0587bb7d3b
                    afbc63cd8c9e53f3bec98992990444da
                    """)));

    /** RSASSA-PSS of "abc", for which nothing is published: answers of OpenSSL 4.0, with the salts found in them. */
    static final List<RsaVectors.Signed> RSAPSS = List.of(
            new RsaVectors.Signed("OpenSSL", TpmiAlgHash.SM3_256, RsaVectors.CAVP_2048, ABC, hex("""
                    83eb65a013b5252bb8af04d84a8ba7e6664196dce066d5fcdfee3a808c8073e1
                    """), hex("""
                    943802d3640148b970babd1aaa52fccd4b7c451b41753d8ed3abae671ac8e0a2677765ab6129a6529974c3ecee80af01
                    75f5d09f9d63a501758841d33085c86799f83d239ddcd03f87117a4891670edde8e24081c905276381e7fe715bcded96
                    947e64a153c3f1523a29be78b72c9dfe189cc9fdf1950ca68ec98bb3a23af8a9e472f2a2336e5784af227b4ec7ec1269
                    82976ce538e68d4ad45a549de0f366766f4ad41e3f11f6d3db570c873e7b1bc36479886e13bc0b93033009d985920b85
                    a296d7e6764ae86d130614c2550410fc75ee0406164bd69b180b1ca8c2fe1c0c3e0cbfe885d81131de54636894d4cc58
                    b86c669b1c76777229946bc75ca78159
                    """)),
            new RsaVectors.Signed("OpenSSL", TpmiAlgHash.SHA3_256, RsaVectors.CAVP_2048, ABC, hex("""
                    e94435c0585215cf1d994b64951046890fcdb73998dacf8e09d65f707ac9122a
                    """), hex("""
                    b344728dd56c45c68102c3340f8e88f300e24335591e9698064b461e27fa8892cc7c90c8e76c3eeb1d539db838bff91b
                    736721419a2ea4bc3f8ab4bb15987c717884cf3f565b8086979f9ae5d432af3dbb319cc40cf222c8433dfca5fd7545a4
                    9358014ae59c2f16a92d3098164115975a0695bdfbe314042c660606d428fe12e82da8e603e2b377a4b7e6d5d2cdb643
                    cd45d6ad7b3d45baeb7cd10dc810b92784b05cab76d3fac66de1424160218c447997d8b61de809016edeea028ac01ce7
                    0f4895ed75a966c69212d0b960a7ef21289132e596260ce467844cd4346bd23b2f03e59f28606b6f0908366035e44f59
                    a323924cfd3f5c2ed5f4610b83be4f22
                    """)),
            new RsaVectors.Signed("OpenSSL", TpmiAlgHash.SHA3_384, RsaVectors.CAVP_2048, ABC, hex("""
                    5419563b36ca692e4c14a916414497f235e144a7b3a98cec2c19d5977ceb6966f99acfcebd44abf488bfa9421ac00fd0
                    """), hex("""
                    b258c27139cd6db4bb364baca4c28b87425c0ad3e30fa6fe35e61247744ccfce4be3f2a366c8bda11b1a81b747457275
                    15b650a362bbad476b6431a96a9bc182751c7d23c49e229ab534edb5620c723017dddd5e6697c73099d1c2422cb48280
                    d257c6f369601c78bcee4fdbd44e05079fbfced65a3eff1581b684763947f4208c4d36e7cc2ab90e5ccfa8b34392faf7
                    ce91ca45ca35d5b8796354e4cab3ce643d990cd8dc55bec0e785ab507f116d73106edd06a48454c085e0315e14515f5f
                    e3acce97aacd0010f8767d04da05ad4e30e647d28904d1d39dcf658930e812a087640535fb48396dfebd33e71e5824c0
                    83857de65eb2e30e1b1cc84433c90125
                    """)),
            new RsaVectors.Signed("OpenSSL", TpmiAlgHash.SHA3_512, RsaVectors.CAVP_2048, ABC, hex("""
                    ffd481d6171df5757a09da82e6f8260d25825bbc7daa21d8b738848db613fb0c251ee0cf91d70a1c08704d4ec7ba4f3e
                    d1c33dfb566264cd93f297d32c226308
                    """), hex("""
                    57a56c4cfd9400bd401d66fbe825343d4c08307265778c879c6e4fcd1ef56db787dc086b2838285819f08e82abe525a2
                    b6b9cad7ed343bd70538f742fb1e06fcab4e8c87dc85a1286316e4ee17355a4355f4b244013e51bcba5de8d7b205d8c3
                    010f4ec78639517594ba0a99c622a9c0a7c67cfde9fd07808b12f3b93a1676e6048d868d13f25761813d49aacec2d226
                    2d75712f83b6f98b37f2c3de63eacb00f665250a1e07fb43b50851601566d1dd68526ae04e030429a4172450e11855af
                    31b08c3ca25d318231b7dfd4d49068b98c5a6725aa9c2e59e62232a9096935852a457951bc50cade59efa1881b58fc26
                    ba1a775c6ceac4cb1b21f97f0c9ca0fa
                    """)));

    private RsaSha3AndSm3Vectors() {}

    /** A published signature of 20 bytes of zero by a key of which only the public part was published, with exponent 65537. */
    record Published(TpmiAlgHash hash, byte[] modulus, byte[] signature) {
        RsaPublicKey publicKey() {
            return new RsaPublicKey(new BigInteger(1, modulus), BigInteger.valueOf(65537));
        }

        byte[] digest() {
            return new Digests().digest(hash, new byte[20]);
        }
    }
}
