package com.amrutam.kit.inbox;

import com.amrutam.events.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.util.ReflectionUtils;

/** One {@link OnEvent} method of one bean. */
record EventHandler(Topic topic, Object bean, Method method) {
    static EventHandler of(Object bean, Method method) {
        var types = method.getParameterTypes();
        boolean fits = types.length >= 1
                && types.length <= 2
                && SpecificRecord.class.isAssignableFrom(types[0])
                && (types.length == 1 || types[1] == EventMetadata.class);
        if (!fits) {
            throw new IllegalStateException(method + " takes an event, and EventMetadata if it wants, nothing else");
        }
        ReflectionUtils.makeAccessible(method);
        return new EventHandler(Topic.of(types[0]), bean, method);
    }

    void handle(SpecificRecord event, EventMetadata metadata) {
        try {
            if (method.getParameterCount() == 1) {
                method.invoke(bean, event);
            } else {
                method.invoke(bean, event, metadata);
            }
        } catch (InvocationTargetException e) {
            ReflectionUtils.rethrowRuntimeException(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
