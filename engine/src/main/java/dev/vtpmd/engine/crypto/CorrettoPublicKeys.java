package dev.vtpmd.engine.crypto;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/**
 * The public keys of Corretto's EC private keys. It computes the public point of every private key that it is given, in a tenth
 * of the time of a key exchange with the generator, but shows it to its own key generator alone: the method is public, the class
 * is not. So the method is looked up, once for a process; a release that does not have it any more gives nothing.
 */
final class CorrettoPublicKeys {
    private static final String PRIVATE_KEY = "com.amazon.corretto.crypto.provider.EvpEcPrivateKey";
    private static final MethodHandle PUBLIC_KEY = find();

    private CorrettoPublicKeys() {}

    /** The public key that belongs to {@code key}, which Corretto's key factory has made; nothing if it does not tell. */
    static Optional<ECPublicKey> of(PrivateKey key) {
        if (PUBLIC_KEY == null) {
            return Optional.empty();
        }
        try {
            return Optional.of((ECPublicKey) PUBLIC_KEY.invokeExact(key));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle find() {
        try {
            Method method = Class.forName(PRIVATE_KEY).getMethod("getPublicKey");
            method.setAccessible(true);
            MethodType type = MethodType.methodType(ECPublicKey.class, PrivateKey.class);
            return MethodHandles.lookup().unreflect(method).asType(type);
        } catch (ReflectiveOperationException | RuntimeException absent) {
            return null;
        }
    }
}
