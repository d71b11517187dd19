package com.amrutam.kit.inbox;

import com.amrutam.events.Access;
import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the beans with {@link OnEvent} methods and runs one consumer container for each. */
final class InboxContainers implements SmartInitializingSingleton, SmartLifecycle {
    private final ConfigurableListableBeanFactory beans;
    private final String group;
    private final EventCodec codec;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final BiFunction<String, InboxListener, AbstractMessageListenerContainer<String, byte[]>> container;
    private final List<AbstractMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private volatile boolean running;

    /**
     * @param group the consumer group, which is the name of the user Kafka knows this service by
     * @param container makes the container of a bean, from its name and its listener
     */
    InboxContainers(
            ConfigurableListableBeanFactory beans,
            String group,
            EventCodec codec,
            Inbox inbox,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock,
            BiFunction<String, InboxListener, AbstractMessageListenerContainer<String, byte[]>> container) {
        this.beans = beans;
        this.group = group;
        this.codec = codec;
        this.inbox = inbox;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        this.container = container;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<Topic, String> owners = new EnumMap<>(Topic.class);
        for (var name : beans.getBeanDefinitionNames()) {
            var type = beans.getType(name, false);
            if (type == null || !type.getName().startsWith("com.amrutam.")) {
                continue;
            }
            var methods = MethodIntrospector.selectMethods(
                    type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, OnEvent.class));
            if (methods.isEmpty()) {
                continue;
            }
            var bean = beans.getBean(name);
            var handlers = methods.stream()
                    .map(method -> EventHandler.of(bean, AopUtils.selectInvocableMethod(method, bean.getClass())))
                    .collect(Collectors.toMap(EventHandler::topic, handler -> handler));
            for (var topic : handlers.keySet()) {
                if (!Access.readBy(group).contains(topic)) {
                    throw new IllegalStateException("%s listens to %s, which Access does not let %s read"
                            .formatted(name, topic.topicName(), group));
                }
                var other = owners.put(topic, name);
                if (other != null) {
                    throw new IllegalStateException(
                            "%s and %s both listen to %s; in one consumer group each would see half of it"
                                    .formatted(other, name, topic.topicName()));
                }
            }
            containers.add(container.apply(
                    name, new InboxListener(bean, handlers, codec, inbox, transaction, metrics, clock)));
        }
    }

    @Override
    public void start() {
        containers.forEach(AbstractMessageListenerContainer::start);
        running = true;
    }

    @Override
    public void stop() {
        containers.forEach(AbstractMessageListenerContainer::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
