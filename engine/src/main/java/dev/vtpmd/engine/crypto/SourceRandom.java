package dev.vtpmd.engine.crypto;

import java.security.SecureRandom;

/** Shows a {@link KeyMaterialSource} to libraries that want a SecureRandom. */
final class SourceRandom extends SecureRandom {
    private final transient KeyMaterialSource source;

    SourceRandom(KeyMaterialSource source) {
        super(null, null);
        this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        System.arraycopy(source.generate(bytes.length), 0, bytes, 0, bytes.length);
    }

    @Override
    public byte[] generateSeed(int count) {
        return source.generate(count);
    }

    @Override
    public void setSeed(byte[] seed) {
        throw new UnsupportedOperationException("the source has its own seed");
    }

    @Override
    public void setSeed(long seed) {
        // Random's constructor calls this; the source has its own seed.
    }

    @Override
    public String getAlgorithm() {
        return "KeyMaterialSource";
    }
}
