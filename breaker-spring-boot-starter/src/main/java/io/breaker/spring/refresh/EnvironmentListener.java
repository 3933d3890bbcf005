package io.breaker.spring.refresh;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;

/**
 * Has the settings of circuit breakers read anew when Spring Cloud says that the environment has changed. It looks at
 * all of them: a property under {@code breaker} may refer to any other.
 */
public final class EnvironmentListener implements ApplicationListener<EnvironmentChangeEvent> {

    private final SettingsRefresh settings;

    /**
     * Makes a listener.
     *
     * @param settings what to have read anew
     */
    public EnvironmentListener(SettingsRefresh settings) {
        this.settings = settings;
    }

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        settings.refresh();
    }
}
