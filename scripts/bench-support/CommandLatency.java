import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Measures round trips of TPM commands over loopback TCP, of several TPMs in turns so that whatever else the machine does
 * hits all of them alike, and prints medians and ratios.
 *
 * <p>Usage: {@code CommandLatency warm-up|measure SECONDS ROWS NAME=PORT NAME=PORT...}, where each port takes bare TPM
 * packets, SECONDS is how long each TPM is kept busy with a row, and ROWS a regular expression for the names of rows. The
 * first name is compared with each of the others. {@code warm-up} prints nothing: it runs every row so that a just-in-time
 * compiler has done its work.
 */
final class CommandLatency {
    /** One TPM has this many turns in a row's time; a slow command has one turn for each time it is measured. */
    private static final int TURNS = 100;
    /** However slow a command is, it is measured this often: the time for an RSA key varies with its luck. */
    private static final int LEAST_SAMPLES = 15;

    private static final long CLIENT_WARM_UP = 1_000_000_000;

    private CommandLatency() {}

    public static void main(String[] arguments) throws IOException {
        boolean warmUp = arguments[0].equals("warm-up");
        long budget = (long) (Double.parseDouble(arguments[1]) * 1e9);
        List<Endpoint> endpoints = new ArrayList<>();
        Pattern wanted = Pattern.compile(arguments[2]);
        for (int i = 3; i < arguments.length; i++) {
            Endpoint endpoint = new Endpoint(arguments[i]);
            endpoint.startUp();
            endpoints.add(endpoint);
        }
        if (!warmUp) {
            // This process has just started too.
            measure(Rows.ALL.get(0), endpoints, CLIENT_WARM_UP, 1);
        }
        for (Row row : Rows.ALL) {
            if (!wanted.matcher(row.name()).find()) {
                continue;
            }
            List<Samples> samples = measure(row, endpoints, budget, warmUp ? 1 : LEAST_SAMPLES);
            if (!warmUp) {
                System.out.println(line(row.name(), endpoints, samples));
            }
        }
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
    }

    private static List<Samples> measure(Row row, List<Endpoint> endpoints, long budget, int least) throws IOException {
        List<Samples> all = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            all.add(new Samples(endpoint, row.prepared(endpoint)));
        }
        for (boolean more = true; more; ) {
            more = false;
            for (Samples samples : all) {
                samples.takeTurn(budget / TURNS);
                more |= samples.wantsMore(budget, least);
            }
        }
        for (Endpoint endpoint : endpoints) {
            endpoint.tidyUp();
        }
        return all;
    }

    private static String line(String name, List<Endpoint> endpoints, List<Samples> samples) {
        StringBuilder line = new StringBuilder("%-28s".formatted(name));
        double first = samples.get(0).median();
        for (int i = 0; i < samples.size(); i++) {
            double median = samples.get(i).median();
            String figure = Double.isNaN(median) ? "-" : "%.1f us".formatted(median / 1000);
            line.append("  %s %12s".formatted(endpoints.get(i).name(), figure));
            if (i > 0) {
                String ratio = Double.isNaN(first / median) ? "-" : "%.2f".formatted(first / median);
                line.append("  ratio %5s".formatted(ratio));
            }
        }
        return line.toString();
    }

    /** What one TPM takes for the commands of one row. */
    private static final class Samples {
        private final Endpoint endpoint;
        private final Row.Operation operation;
        private long[] nanoseconds = new long[1024];
        private int count;
        private long sum;

        /** {@code operation} is null if the TPM cannot do it. */
        Samples(Endpoint endpoint, Row.Operation operation) {
            this.endpoint = endpoint;
            this.operation = operation;
        }

        void takeTurn(long duration) throws IOException {
            long end = sum + duration;
            while (operation != null && sum < end) {
                operation.run(count);
                if (count == nanoseconds.length) {
                    nanoseconds = Arrays.copyOf(nanoseconds, 2 * count);
                }
                nanoseconds[count] = endpoint.takeElapsed();
                sum += nanoseconds[count++];
            }
        }

        boolean wantsMore(long budget, int least) {
            return operation != null && (sum < budget || count < least);
        }

        double median() {
            long[] sorted = Arrays.copyOf(nanoseconds, count);
            Arrays.sort(sorted);
            return count == 0 ? Double.NaN : sorted[count / 2];
        }
    }
}
