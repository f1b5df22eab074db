package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/**
 * Published signatures and ciphertexts of RSA. The publications give the private exponent; the prime, where they leave it out, was
 * found from that.
 */
final class RsaVectors {
    private static final byte[] NOTHING = {};

    /** The key of modulus 2048 of SigGen15_186-3.txt. */
    static final Key CAVP_2048 = new Key(0x260445, hex("""
                    cea80475324c1dc8347827818da58bac069d3419c614a6ea1ac6a3b510dcd72cc516954905e9fef908d45e13006adf27
                    d467a7d83c111d1a5df15ef293771aefb920032a5bb989f8e4f5e1b05093d3f130f984c07a772a3683f4dc6fb28a9681
                    5b32123ccdd13954f19d5b8b24a103e771a34c328755c65ed64e1924ffd04d30b2142cc262f6e0048fef6dbc652f2147
                    9ea1c4b1d66d28f4d46ef7185e390cbfa2e02380582f3188bb94ebbf05d31487a09aff01fcbb4cd4bfd1f0a833b38c11
                    813c84360bb53c7d4481031c40bad8713bb6b835cb08098ed15ba31ee4ba728a8c8e10f7294e1b4163b7aee57277bfd8
                    81a6f9d43e02c6925aa3a043fb7fb78d
                    """), hex("""
                    f364e16ef12017ec95b192308c01e087cee619ab50a5d537cc01841dc92b30bcef0d9f2c6bbd5dc10bdf5b9f6c354a4f
                    9f210520caa72b4f5c36b8d33f10324c55956141891e45b84b49f59ea5bfac6ffa38900aca5099afcd02f6a8257c41ce
                    5bb2e4153832b5c22f91eb389fa2035c3cf9b3374531c483cb30ceb007259b1d
                    """));

    /** The key of modulus 3072 of SigGenPSS_186-3.txt. */
    private static final Key CAVP_3072 = new Key(0x1415a7, hex("""
                    a7a1882a7fb896786034d07fb1b9f6327c27bdd7ce6fe39c285ae3b6c34259adc0dc4f7b9c7dec3ca4a20d3407339eed
                    d7a12a421da18f5954673cac2ff059156ecc73c6861ec761e6a0f2a5a033a6768c6a42d8b459e1b4932349e84efd92df
                    59b45935f3d0e30817c66201aa99d07ae36c5d74f408d69cc08f044151ff4960e531360cb19077833adf7bce77ecfaa1
                    33c0ccc63c93b856814569e0b9884ee554061b9a20ab46c38263c094dae791aa61a17f8d16f0e85b7e5ce3b067ece89e
                    20bc4e8f1ae814b276d234e04f4e766f501da74ea7e3817c24ea35d016676cece652b823b051625573ca92757fc720d2
                    54ecf1dcbbfd21d98307561ecaab545480c7c52ad7e9fa6b597f5fe550559c2fe923205ac1761a99737ca02d7b19822e
                    008a8969349c87fb874c81620e38f613c8521f0381fe5ba55b74827dad3e1cf2aa29c6933629f2b286ad11be88fa6436
                    e7e3f64a75e3595290dc0d1cd5eee7aaac54959cc53bd5a934a365e72dd81a2bd4fb9a67821bffedf2ef2bd94913de8b
                    """), hex("""
                    dd553696db8ccb107609b8917e688bdd8373a8926bc9d114c1c77f7958070e236ca1bd2025ded59a71093b63afbfce39
                    e92bde9ffca983959e7c3e18d75650612258c24eebb61a1b4a68603a2721e3e2483d6da27475a228b1341c78f140948b
                    5c922822ccaed76dae338dddec1e4c5c34b9c53f34a09ff0b2b61a62254e73e6f0ac8013edc2cfa7ecbeb86fcc7309cb
                    0f5b5eddb707af4b9337d34d672af413f3b6efd11e3b49c978f06a356f6f4e0ea50a90797fe32ccaa983547ff18ea167
                    """));

    /** Example 1 of pss-vect.txt and of pkcs1v15sign-vectors.txt, with 1024 bits. */
    private static final Key LABORATORIES_SIGNING = new Key(0x10001, hex("""
                    a56e4a0e701017589a5187dc7ea841d156f2ec0e36ad52a44dfeb1e61f7ad991d8c51056ffedb162b4c0f283a12a88a3
                    94dff526ab7291cbb307ceabfce0b1dfd5cd9508096d5b2b8b6df5d671ef6377c0921cb23c270a70e2598e6ff89d19f1
                    05acc2d3f0cb35f29280e1386b6f64c4ef22e1e1f20d0ce8cffb2249bd9a2137
                    """), hex("""
                    e7e8942720a877517273a356053ea2a1bc0c94aa72d55c6e86296b2dfc967948c0a72cbccca7eacb35706e09a1df55a1
                    535bd9b3cc34160b3b6dcd3eda8e6443
                    """));

    /** Example 1 of oaep-vect.txt and of pkcs1v15crypt-vectors.txt, with 1024 bits. */
    private static final Key LABORATORIES_ENCRYPTION = new Key(0x10001, hex("""
                    a8b3b284af8eb50b387034a860f146c4919f318763cd6c5598c8ae4811a1e0abc4c7e0b082d693a5e7fced675cf46685
                    12772c0cbc64a742c6c630f533c8cc72f62ae833c40bf25842e984bb78bdbf97c0107d55bdb662f5c4e0fab9845cb514
                    8ef7392dd3aaff93ae1e6b667bb3d4247616d4f5ba10d4cfd226de88d39f16fb
                    """), hex("""
                    d32737e7267ffe1341b2d5c0d150a81b586fb3132bed2f8d5262864a9cb9f30af38be448598d413a172efb802c21acf1
                    c11c520c2f26a471dcad212eac7ca39d
                    """));

    /** The key of rsa_oaep_2048_sha256_mgf1sha256_test.json. */
    private static final Key WYCHEPROOF_SHA256 = new Key(0x10001, hex("""
                    a2b451a07d0aa5f96e455671513550514a8a5b462ebef717094fa1fee82224e637f9746d3f7cafd31878d80325b6ef5a
                    1700f65903b469429e89d6eac8845097b5ab393189db92512ed8a7711a1253facd20f79c15e8247f3d3e42e46e48c98e
                    254a2fe9765313a03eff8f17e1a029397a1fa26a8dce26f490ed81299615d9814c22da610428e09c7d9658594266f5c0
                    21d0fceca08d945a12be82de4d1ece6b4c03145b5d3495d4ed5411eb878daf05fd7afc3e09ada0f1126422f590975a19
                    69816f48698bcbba1b4d9cae79d460d8f9f85e7975005d9bc22c4e5ac0f7c1a45d12569a62807d3b9a02e5a530e77306
                    6f453d1f5b4c2e9cf7820283f742b9d5
                    """), hex("""
                    dc431050f782e894fb5248247d98cb7d58b8d1e24f3b55d041c56e4de086b0d5bb028bda42eeb5d234d5681e5809d415
                    e6a289ad4cfbf78f978f6c35814f50eebff1c5b80a69f788e81e6bab5ddaa78369d659d143ec6f17e79813a575cfad9c
                    569156b90113e2e9110ad9e7b48a1c9348a6e653321191290ea36cfb3a5b18f1
                    """));

    /** The key of rsa_oaep_2048_sha384_mgf1sha384_test.json. */
    private static final Key WYCHEPROOF_SHA384 = new Key(0x10001, hex("""
                    cda6fa5ca76bfe0492ec57e0a3bfff7272dc8d1e25ad1fb338aa050f02c104e63133d6b5b7c4985ebbae9ac036a5b9c0
                    3074d60aec8e25baf392a0c430ff05b88e948805d3dd74511d8885250a7b574215ada015c559076686e253ccc96c0815
                    b1291ee787cc3363b4f77d930eb998d7c582b24cea9ce21de9722791989863a27ebc80a00de5bd2f9228775e5a4ceb05
                    4d58c9be36a054336971a13642dd9510dd696aa268db3aab2299d5d88f8e562434d1427094d3df8e72d1ef69b4ed34d1
                    2bac375223b2a25cf227f735f816e85e17239304769a6082154cd15899fc1eaefb69b748a3e5ed24d38372597de3e4e2
                    a27b951d6ac7db182d6809d8ff511b7f
                    """), hex("""
                    ef885b87e25c29d1ee431d1f4ace787c4f882e92d12c4b2766c84f89263106ef0be0ddc4de3bf061a2ba46ffe7c132ae
                    67d337f04dc66daeb9de553791f4989f50b224c981812b5388d1c2b5d53349a61393bf6611995b6988f143c278ccc260
                    cfe82a6ac4a6409807eab32664b7ee3f1c41dfe567e097fd7afe8520871a1c53
                    """));

    /** The key of rsa_oaep_2048_sha512_mgf1sha512_test.json. */
    private static final Key WYCHEPROOF_SHA512 = new Key(0x10001, hex("""
                    c2c4a860236d3c9096a076d6ba5107e0f7bd81e1ba916f7375724bd2b0b0b63956813715a3457ab0458b71fb35a45b27
                    f9ef7ac3e579dea45dfbfd07819ed6b7021aa5336c58442aadd96ca9ee9d32473e9d9278562b4d10258ade6a98fb1c7c
                    fdc3b3716ef5dec58cf73b359f389599b4b5865a9863519eb001c324387da755450db341309360e3807c0565b8e2c44f
                    bd5e6e8d04d006d7ee768b8e8436082a90fa0e837f32f46087ab4a0d9be28aa7da1794ceb0172a7f50ed20f6df641efb
                    cbfd2aac89775c761a7310093c671c977fa18b0d6e01fb25f7a432b42c65359784c689205719c1cf6e3a65dae2da434c
                    326dde81bb6ffffbdbf6de5c16bba749
                    """), hex("""
                    e74a124759a174de33185996b3b437c24ed248203d674a87bcc2e76a667be3f54ac15e8f04e4c5e540f4e19f402a71d3
                    7d39756dcefbfaefb380095b6cfbdf4d78dd20cf085a1f127610e3b7102ca6bde1825941ab602e9b72c08e4533ac5031
                    7138e10bf7edfea30f52ee91ea6628c2cc65e76bafc02eb9d21ab66ad374ef27
                    """));

    /**
     * RSASSA-PKCS1-v1_5: NIST's CAVP for FIPS 186-3 (SigGen15_186-3.txt), the first with each hash function; for SHA-1 RSA
     * Laboratories' pkcs1v15sign-vectors.txt.
     */
    static final List<Signed> RSASSA = List.of(
            new Signed("CAVP SHA256", TpmiAlgHash.SHA256, CAVP_2048, hex("""
                            5af283b1b76ab2a695d794c23b35ca7371fc779e92ebf589e304c7f923d8cf976304c19818fcd89d6f07c8d8e08bf371
                            068bdf28ae6ee83b2e02328af8c0e2f96e528e16f852f1fc5455e4772e288a68f159ca6bdcf902b858a1f94789b31638
                            23e2d0717ff56689eec7d0e54d93f520d96e1eb04515abc70ae90578ff38d31b
                            """), NOTHING, hex("""
                            6b8be97d9e518a2ede746ff4a7d91a84a1fc665b52f154a927650db6e7348c69f8c8881f7bcf9b1a6d3366eed30c3aed
                            4e93c203c43f5528a45de791895747ade9c5fa5eee81427edee02082147aa311712a6ad5fb1732e93b3d6cd23ffd46a0
                            b3caf62a8b69957cc68ae39f9993c1a779599cdda949bdaababb77f248fcfeaa44059be5459fb9b899278e929528ee13
                            0facd53372ecbc42f3e8de2998425860406440f248d817432de687112e504d734028e6c5620fa282ca07647006cf0a2f
                            f83e19a916554cc61810c2e855305db4e5cf893a6a96767365794556ff033359084d7e38a8456e68e21155b76151314a
                            29875feee09557161cbc654541e89e42
                            """)),
            new Signed("CAVP SHA384", TpmiAlgHash.SHA384, CAVP_2048, hex("""
                            6cd59fdd3efd893d091afdc3155d354f10d6d88167427a2cf7246207e51791a6ca6200a914cd2834a9b3c79fcd59e26e
                            457e0683bc33d49267edbdd6e5d90902696f1e7b1a4affc4ba371339868c28015ebbb73e262669866c35db974ba69e46
                            8f2583b9191d15d686cd66fb0b9e0ff0a3b4721a6dc342f14f2446b4e028595b
                            """), NOTHING, hex("""
                            3974900bec3fcb081f0e5a299adf30d087aabaa633911410e87a4979bbe3fa80c3abcf221686399a49bc2f1e5ac40c35
                            df1700e4b9cb7c805a896646573f4a570a9704d2a2e6baee4b43d916906884ad3cf283529ea265e8fcb5cc1bdf7b7dee
                            85941e4b4fb25c1fc7b951fb129ab393cb069be271c1d954da3c43674309f1d212826fabb8e812de2d53d12597de040d
                            32cb28c9f813159cb18c1b51f7a874cbf229cc222caeb98e35ec5e4bf5c5e22cc8528631f15117e8c2be6eac91f4070e
                            ecdd07ecc6db6c46eaa65f472f2006988efef0b51c538c6e04d7519c8e3da4b172b1e2761089ed3ad1197992ef37c168
                            dc881c8b5f8bbfee919f7c7afd25b8fc
                            """)),
            new Signed("CAVP SHA512", TpmiAlgHash.SHA512, CAVP_2048, hex("""
                            a7c309d44a57188bbd7b726b98b98ce12582228e1415864870a23961d2afb82cd5bc98bec922d5f2ac4168b056da176e
                            f3ba91f6b699ba6acc4144868ff37f26fd06720868d12ad26ecb52572cf10416af68df03ab645a8b704857d2190ffc3f
                            07eabe3a8e2abe34ed6159e884c4fae141d4333d5c3e0db044ff9cccd9cbd67f
                            """), NOTHING, hex("""
                            148af61ed5ea8a87a08b3f403929bf8031db4fd3999b64409ba489f97a3ee5208ea4202d2ec18734f615003a51f77441
                            085be6ac0f11810ffa2dad58f0e186d5520ac2b8a5d3966e8d2abb8074e13b50a4e7de83be10a66fdc7ca18118c5774f
                            781212de9efebc6376fcdddc65a3b1b8f1ab31492fe478259ce719b3db587498d879a01dec96e8eabeb07ff7073f3f3e
                            b446084955ca26329a791315a2c259d225e26b2154b2047b21faba68115bfd962e5e24ec52d7c5d231e3044cbcd8c880
                            4855703cbaa622b15b6ef78c7421a367166f1b02576c87360593da75b7189efafd1082bd59f6857f1701f646c24d70c9
                            5273c49d5b11e6afe258821b55c1680c
                            """)),
            new Signed("RSA Laboratories 1.1", TpmiAlgHash.SHA1, LABORATORIES_SIGNING, hex("""
                            cdc87da223d786df3b45e0bbbc721326d1ee2af806cc315475cc6f0d9c66e1b62371d45ce2392e1ac92844c310102f15
                            6a0d8d52c1f4c40ba3aa65095786cb769757a6563ba958fed0bcc984e8b517a3d5f515b23b8a41e74aa867693f90dfb0
                            61a6e86dfaaee64472c00e5f20945729cbebe77f06ce78e08f4098fba41f9d6193c0317e8b60d4b6084acb42d29e3808
                            a3bc372d85e331170fcbf7cc72d0b71c296648b3a4d10f416295d0807aa625cab2744fd9ea8fd223c42537029828bd16
                            be02546f130fd2e33b936d2676e08aed1b73318b750a0167d0
                            """), NOTHING, hex("""
                            6bc3a06656842930a247e30d5864b4d819236ba7c68965862ad7dbc4e24af28e86bb531f03358be5fb74777c6086f850
                            caef893f0d6fcc2d0c91ec013693b4ea00b80cd49aac4ecb5f8911afe539ada4a8f3823d1d13e472d1490547c659c761
                            7f3d24087ddb6f2b72096167fc097cab18e9a458fcb634cdce8ee35894c484d7
                            """)));

    /**
     * RSASSA-PSS: NIST's CAVP for FIPS 186-3 (SigGenPSS_186-3.txt), the first with each hash function; for SHA-1 RSA Laboratories'
     * pss-vect.txt, example 1.1. The salt with SHA-512 has 62 bytes, not as many as the digest, so a TPM does not make that one.
     */
    static final List<Signed> RSAPSS = List.of(
            new Signed("CAVP SHA256", TpmiAlgHash.SHA256, CAVP_3072, hex("""
                            c16499110ed577202aed2d3e4d51ded6c66373faef6533a860e1934c63484f87a8d9b92f3ac45197b2909710abba1daf
                            759fe0510e9bd8dd4d73cec961f06ee07acd9d42c6d40dac9f430ef90374a7e944bde5220096737454f96b614d0f6cdd
                            9f08ed529a4ad0e759cf3a023dc8a30b9a872974af9b2af6dc3d111d0feb7006
                            """), hex("""
                            3e07ade72a3f52530f53135a5d7d93217435ba001ea55a8f5d5d1304684874bc
                            """), hex("""
                            4335707da735cfd10411c9c048ca9b60bb46e2fe361e51fbe336f9508dc945afe075503d24f836610f2178996b52c411
                            693052d5d7aed97654a40074ed20ed6689c0501b7fbac21dc46b665ac079760086414406cd66f8537d1ebf0dce4cf0c9
                            8d4c30c71da359e9cd401ff49718fdd4d0f99efe70ad8dd8ba1304cefb88f24b0eedf70116da15932c76f0069551a245
                            b5fc3b91ec101f1d63b9853b598c6fa1c1acdbacf9626356c760119be0955644301896d9d0d3ea5e6443cb72ca29f4d4
                            5246d16d74d00568c219182feb191179e4593dc152c608fd80536329a533b3a631566814cd654f587c2d8ce696085e6e
                            d1b0b0278e60a049ec7a399f94fccae6462371a69695ef525e00936fa7d9781f9ee289d4105ee827a27996583033cedb
                            2f297e7b4926d906ce0d09d84128406ab33d7da0f8a1d4d2f666568686c394d139b0e5e99337758de85910a5fa25ca2a
                            a6d8fb1c777244e7d98de4c79bbd426a5e6f657e37477e01247432f83797fbf31b50d02b83f69ded26d4945b2bc3f86e
                            """)),
            new Signed("CAVP SHA384", TpmiAlgHash.SHA384, CAVP_3072, hex("""
                            9221f0fe9115843554d5685d9fe69dc49e95ceb5793986e428b8a10b894c01d6af8782fd7d952faf74c2b637ca3b19da
                            bc19a7fe259b2b924eb363a908c5b368f8ab1b2333fc67c30b8ea56b2839dc5bdadefb14ada810bc3e92bac54e2ae1ca
                            1594a4b9d8d19337be421f40e0674e0e9fedb43d3ae89e2ca05d90a68203f2c2
                            """), hex("""
                            61a762f8968d5f367e2dbcacb4021653dc75437d9000e3169d943729703837a5cbf4de62bdedc95fd0d1004e84751452
                            """), hex("""
                            9687115be478e4b642cd369392b9dd0f3576e704af7218b1f94d7f8fe7f07073e3e8e1186fa768977d6b514e513459f2
                            373df6ec52e3de9bd83fcc5cc3e6b97f8b3fb534163c64f5267620700e9d8c52b3df61a7c3748ef159d6b390895afa3a
                            f59109a5478d016d96c49f68dfc735ba2aafd5012c13515ed6644f0d4109c45556e14a3821e1aa24beb8a81a48da27f1
                            31de84f7ba51581d81b8ff31ba92b8a1fde867f07e32e6c2709253448174dd31324dbc32b05f07587f76a9997decb80f
                            38d8c13d0f6eb3c10e3d96a2293f7464f1e04602ef6e84c2d0245d7db256a67d132a47cae9abe06b61a8968f50a17499
                            95dc15ef0dcb1d5f5959e4d454c8547bbb4d195698f484617bfd122acaae2d0e8c76d28b24005ab03caa781ea97b1c4d
                            9396a16f7998eee7ddd9de4cabe57032d9438a5d99c6b34a956122350263c7e998bc61dec91381012e686d079e39e96b
                            1ea4bfdb7cdf630ddb422c6b580e5506c9cc3d6c100f2041d17ceaaaa54589249f04a1370ffa3bf3ff1adeb890688698
                            """)),
            new Signed("CAVP SHA512", TpmiAlgHash.SHA512, CAVP_3072, hex("""
                            44240ce519f00239bd66ba03c84d3160b1ce39e3932866e531a62b1c37cf4170c3dc4809236fb1ade181db49fc9c7ccd
                            794b433d1ad0bc056e14738e0ae45c0e155972a40a989fa4b9bcdc308f11990818835fa2c256b47ee4173fb4fed22ccf
                            4385d2dd54d593c74f0004df08134eb8965dd53a122317f59b95d6b69d017958
                            """), hex("""
                            2d0c49b20789f39502eefd092a2b6a9b2757c1456147569a685fca4492a8d5b0e6234308385d3d629644ca37e3399616
                            c266f199b6521a9987b2be9ee783
                            """), hex("""
                            8f47abc2326e22cf62404508b442e81ad45afff7274096b9a13e478cdd0a72f99a76bf517f1bb0f872a523d8c588d440
                            2569e948fd6a108ae1a45c65830828a10e94d432765314ba82ead310fc87ac99a5b39f30ab8820bf69e6934a9c1c915c
                            19f36ea7717eaff7af67b4991315b1873ba929bedf18a975be808e7aa14a6726126c79cc93f69541c5cefdeb5b67ec27
                            9d8f5a446583e4b4faed1685140ee4b3b757c8ff4a1ef9cd76a88e05319ee62003d2d77290c94c579b0ca2ab0deb3176
                            ef10a3fdb85c80ffbc9e2a665a23744fc836f9a9a103cd9fb756952356a2f1acdd68a645e20179006558b5d4d0b9b0bd
                            3adf5e290f49dae60b9d19920953ea8bb237d5b3dcfe149a60f12a4ee3a889b33bcd3a3b753d610757cbcd093dd5a734
                            255333689695ab636963e3d215a8e77ff31973718a4944a1e9e44f45754d39f6fa431c53f9a2ef36e16a5f70636eb5fb
                            a54e15c20a714f2809a7cff4b8dc1165f836607eb5a5a3bb0c4567eee26941fef46fb41e73b565c0cf8c72e404221264
                            """)),
            new Signed("RSA Laboratories 1.1", TpmiAlgHash.SHA1, LABORATORIES_SIGNING, hex("""
                            cdc87da223d786df3b45e0bbbc721326d1ee2af806cc315475cc6f0d9c66e1b62371d45ce2392e1ac92844c310102f15
                            6a0d8d52c1f4c40ba3aa65095786cb769757a6563ba958fed0bcc984e8b517a3d5f515b23b8a41e74aa867693f90dfb0
                            61a6e86dfaaee64472c00e5f20945729cbebe77f06ce78e08f4098fba41f9d6193c0317e8b60d4b6084acb42d29e3808
                            a3bc372d85e331170fcbf7cc72d0b71c296648b3a4d10f416295d0807aa625cab2744fd9ea8fd223c42537029828bd16
                            be02546f130fd2e33b936d2676e08aed1b73318b750a0167d0
                            """), hex("""
                            dee959c7e06411361420ff80185ed57f3e6776af
                            """), hex("""
                            9074308fb598e9701b2294388e52f971faac2b60a5145af185df5287b5ed2887e57ce7fd44dc8634e407c8e0e4360bc2
                            26f3ec227f9d9e54638e8d31f5051215df6ebb9c2f9579aa77598a38f914b5b9c1bd83c4e2f9f382a0d0aa3542ffee65
                            984a601bc69eb28deb27dca12c82c2d4c3f66cd500f1ff2b994d8a4e30cbb33c
                            """)));

    /** RSAES-PKCS1-v1_5: RSA Laboratories' pkcs1v15crypt-vectors.txt, example 1.1. */
    static final Encrypted RSAES = new Encrypted(
            "RSA Laboratories 1.1", TpmiAlgHash.NULL, LABORATORIES_ENCRYPTION, NOTHING, hex("""
                            017341ae3875d5f87101f8cc4fa9b9bc156bb04628fccdb2f4f11e905bd3a155d376f593bd7304210874eba08a5e22bc
                            ccb4c9d3882a93a54db022f503d16338b6b7ce16dc7f4bbf9a96b59772d6606e9747c7649bf9e083db981884a954ab3c
                            6f
                            """), hex("""
                            6628194e12073db03ba94cda9ef9532397d50dba79b987004afefe34
                            """), hex("""
                            50b4c14136bd198c2f3c3ed243fce036e168d56517984a263cd66492b80804f169d210f2b9bdfb48b12f9ea05009c77d
                            a257cc600ccefe3a6283789d8ea0e607ac58e2690ec4ebc10146e8cbaa5ed4d5cce6fe7b0ff9efc1eabb564dbf498285
                            f449ee61dd7b42ee5b5892cb90601f30cda07bf26489310bcd23b528ceab3c31
                            """));

    /** RSAES-OAEP: RSA Laboratories' oaep-vect.txt, example 1.1; Wycheproof, test 10 of each file, whose seed is not told. */
    static final List<Encrypted> OAEP = List.of(
            new Encrypted(
                    "RSA Laboratories 1.1",
                    TpmiAlgHash.SHA1,
                    LABORATORIES_ENCRYPTION,
                    NOTHING,
                    hex("""
                            18b776ea21069d69776a33e96bad48e1dda0a5ef
                            """),
                    hex("""
                            6628194e12073db03ba94cda9ef9532397d50dba79b987004afefe34
                            """),
                    hex("""
                            354fe67b4a126d5d35fe36c777791a3f7ba13def484e2d3908aff722fad468fb21696de95d0be911c2d3174f8afcc201
                            035f7b6d8e69402de5451618c21a535fa9d7bfc5b8dd9fc243f8cf927db31322d6e881eaa91a996170e657a05a266426
                            d98c88003f8477c1227094a0d9fa1e8c4024309ce1ecccb5210035d47ac72e8a
                            """)),
            new Encrypted(
                    "Wycheproof SHA256",
                    TpmiAlgHash.SHA256,
                    WYCHEPROOF_SHA256,
                    hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                    NOTHING,
                    hex("313233343030"),
                    hex("""
                            26aa8e7931ed624bfd4077e3b83ec08de080483a61641e877f493fb7d0ae4dfebd4f05612a2e4869d20d440a64e928b1
                            3daa3b79da2ed674b99421df7e7f625a22b1c71136da27db699d3dd96e3364ee0cd2123ab6808930c6bc28a5dc307880
                            d1ab4b03bcd6178a81b8ad52aafffbab387d40352dfea526abedca016c87e9e56ccc4c88e80f579da015b979bcdd8861
                            8b2a32ce072918b2e223535359f1ce4eaba5e692e6296b2140dc2304092ebd6f136a48092b3849082b57e70c93b54db5
                            5045dd6094ef3d2cfa8bc9e2fd2b1bbe0c7c603ad38d3f40c9eac8ae5e28cbbb031c38d93d3b2541d94eab3a1e8992a4
                            44ee4ce7b8d08c0b9a4f623d32fcba14
                            """)),
            new Encrypted(
                    "Wycheproof SHA384",
                    TpmiAlgHash.SHA384,
                    WYCHEPROOF_SHA384,
                    hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                    NOTHING,
                    hex("313233343030"),
                    hex("""
                            aaec366e45e9cbee804f4beab0c7d4a802731ae1e22d93e3dc0fa4868dd849c0cdfc52066051cf12887ccc0925730102
                            6be0e4ebe2d60dbec6de547d1dd4f778682fa9d88dccb0eab5e6cb07fe7c3a3664b5f31bd68cdbe9b88fec684b9e4a02
                            3f0e782e5e9a328628db6c3d94a1082bd0d3e453ce2628c1f17a767c017d725084dd0b7d715241b808b2537464dcc6ee
                            b5af4c4c18702bcdc733c53f35d805f813e772ac32bcaffe025ef0fa8931849febf99c9e73cf5e4730a14924d9f07406
                            3b4d80faf3e8bce1930daa241ecee3b684d6674dc41b8ce53aa8c0002b0200fa393720ed967822eb2edd74a195423eba
                            5dd6fe39150dcb697cc1f3553f84b9fe
                            """)),
            new Encrypted(
                    "Wycheproof SHA512",
                    TpmiAlgHash.SHA512,
                    WYCHEPROOF_SHA512,
                    hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                    NOTHING,
                    hex("313233343030"),
                    hex("""
                            1bb7a6d1dbab994619f25bd1659c215dfc12ccde9f91ecdbcebebd9c9d1399ab8296035f43f0ac65c56f56707aa4a301
                            939b745a0d0000652072aba5c514ca331c9dd06a2f1c0122b1ba6f9389c6ea6904f36cac5788d339691feabd34b65bfa
                            4505c60e439713591a8ddc6ebe85131bcfb37f7476120d587f127cc52f8914f0c78a2edddd1c6c5280b745de595bc6be
                            424d01d99e58a8834742cd2f085b334966b692c3bd372b94c846581548ed2280c64b320ec1341ab54a702ef7040ff670
                            94d540dcb080fdeeb2050fff66eaabfd5b66c99ab49db5e6c72cb2d530d503a87d691dcdbff85c5e8c9fe28a1f32fc4a
                            22a2a67ae9584a4411f8dc03d3e76b55
                            """)));

    private RsaVectors() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace("\n", ""));
    }

    /** A published key: its public exponent, modulus and one prime. */
    record Key(int exponent, byte[] modulus, byte[] prime) {
        /** The key without what a provider may have kept in it. */
        RsaPrivateKey privateKey() {
            BigInteger n = new BigInteger(1, modulus);
            return RsaPrivateKey.ofPrime(new RsaPublicKey(n, BigInteger.valueOf(exponent)), prime);
        }

        BigInteger privateExponent() {
            BigInteger p = new BigInteger(1, prime);
            BigInteger q = new BigInteger(1, modulus).divide(p);
            BigInteger totient = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
            return BigInteger.valueOf(exponent).modInverse(totient);
        }
    }

    /** A published signature; {@code salt} is that of RSASSA-PSS. */
    record Signed(String source, TpmiAlgHash hash, Key key, byte[] message, byte[] salt, byte[] signature) {
        byte[] digest() {
            return new Digests().digest(hash, message);
        }
    }

    /** A published ciphertext; {@code seed} is the random part of its padding, where the publication tells it. */
    record Encrypted(
            String source, TpmiAlgHash hash, Key key, byte[] label, byte[] seed, byte[] message, byte[] ciphertext) {}
}
