package com.amrutam.booking;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request die at its n-th step on the database, as Postgres would see a process die there: the connection is cut,
 * what was not committed is gone, and nobody answers. A step is a statement, or a commit, before or after it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class DeathAtAnyLine extends OncePerRequestFilter implements BeanPostProcessor {
    static final String HEADER = "X-Die-At";

    /** Steps left to live, of the request on this thread. */
    private static final ThreadLocal<@Nullable AtomicInteger> left = new ThreadLocal<>();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var step = request.getHeader(HEADER);
        if (step != null) {
            left.set(new AtomicInteger(Integer.parseInt(step)));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            left.remove();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals("dataSource") && bean instanceof DataSource pool
                ? mortal(pool, DataSource.class, null)
                : bean;
    }

    /** The same, but watched. */
    private static Object mortal(Object target, Class<?> type, @Nullable Connection connection) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            var isStep = target instanceof Statement && method.getName().startsWith("execute")
                    || target instanceof Connection && method.getName().equals("commit");
            if (isStep) {
                live(connection);
            }
            var result = invoke(target, method, arguments);
            if (isStep && target instanceof Connection) {
                live(connection);
            }
            return switch (result) {
                case Connection opened -> mortal(opened, Connection.class, opened);
                case Statement statement
                when Statement.class.isAssignableFrom(method.getReturnType()) ->
                    mortal(statement, method.getReturnType(), connection);
                case null, default -> result;
            };
        });
    }

    private static void live(@Nullable Connection connection) throws SQLException {
        var steps = left.get();
        if (steps != null && connection != null && steps.decrementAndGet() == 0) {
            connection.abort(Runnable::run);
            throw new SQLException("The process died here", "08006");
        }
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
