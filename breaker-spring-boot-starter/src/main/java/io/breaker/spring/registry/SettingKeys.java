package io.breaker.spring.registry;

import java.util.List;
import java.util.stream.Stream;

/** Lists the settings of a name. */
final class SettingKeys {

    /** All settings in the order in which they are shown. */
    static final List<SettingKey<?>> ALL = Stream.concat(SettingKey.OF_BREAKER.stream(), PolicyKeys.ALL.stream())
            .toList();

    private SettingKeys() {}
}
