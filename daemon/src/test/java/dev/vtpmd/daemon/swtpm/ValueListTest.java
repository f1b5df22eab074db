package dev.vtpmd.daemon.swtpm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ValueListTest {
    private static ValueList list(String text) throws UsageException {
        return new ValueList("option", text, Set.of("path", "mode", "lock", "profile"));
    }

    @Test
    void aKeyAloneIsTrue() throws UsageException {
        assertThat(list("lock,path=/a").flag("lock", false)).isTrue();
        assertThat(list("path=/a").flag("lock", true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "1,true", "false,false", "0,false", "yes,false"})
    void trueAndOneAreTrueAndAllElseIsFalse(String text, boolean value) throws UsageException {
        assertThat(list("lock=" + text).flag("lock", !value)).isEqualTo(value);
    }

    @Test
    void aValueMayHaveEqualsSigns() throws UsageException {
        assertThat(list("path=[id=17] ").text("path")).contains("[id=17] ");
    }

    @Test
    void aValueInBracesMayHaveCommas() throws UsageException {
        ValueList values = list("profile={\"Name\":\"a,b\",\"Attributes\":{\"x\":\"y,z\"}},lock");

        assertThat(values.text("profile")).contains("{\"Name\":\"a,b\",\"Attributes\":{\"x\":\"y,z\"}}");
        assertThat(values.has("lock")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0600,0600", "600,0600", "0,0", "777,0777"})
    void modesAreOctal(String text, String octal) throws UsageException {
        assertThat(list("mode=" + text).mode("mode")).hasValue(Integer.parseInt(octal, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=1777", "mode=8", "mode=", "mode=rw"})
    void otherModesAreRefused(String text) throws UsageException {
        ValueList values = list(text);

        assertThatThrownBy(() -> values.mode("mode")).isInstanceOf(UsageException.class);
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThatThrownBy(() -> list("lock,pth=/a")).hasMessage("--option: unknown option 'pth'");
    }
}
