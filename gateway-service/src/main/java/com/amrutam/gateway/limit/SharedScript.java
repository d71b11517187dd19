package com.amrutam.gateway.limit;

import com.amrutam.kit.redis.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A script in Redis for many callers at once: who comes while a round trip is under way goes with the next one, in one write
 * and one read for all of them. Who comes alone waits for nobody.
 */
final class SharedScript {
    private static final int MOST_AT_ONCE = 100;

    private final Redis redis;
    private final byte[] text;
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile byte @Nullable [] digest;

    SharedScript(Redis redis, byte[] text) {
        this.redis = redis;
        this.text = text;
    }

    /**
     * Runs it once.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when Redis does not answer
     */
    byte @Nullable [] run(byte[] key, List<byte[]> arguments) {
        var call = new Call(key, arguments, Thread.currentThread());
        waiting.add(call);
        while (!call.isDone) {
            if (underWay.compareAndSet(false, true)) {
                try {
                    sendWaiting();
                } finally {
                    handOver();
                }
            } else {
                LockSupport.park(this);
            }
        }
        return call.result();
    }

    /** In this order: who has joined the queue meanwhile finds the way free, or is found here. */
    private void handOver() {
        underWay.set(false);
        var next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.caller);
        }
    }

    private void sendWaiting() {
        var calls = new ArrayList<Call>();
        for (var call = waiting.poll(); call != null; call = calls.size() < MOST_AT_ONCE ? waiting.poll() : null) {
            calls.add(call);
        }
        try {
            send(calls);
        } catch (RuntimeException e) {
            calls.forEach(call -> call.fail(e));
        }
    }

    private void send(List<Call> calls) {
        try (var pipeline = redis.client().pipelined()) {
            var loaded = digest(calls.getFirst().key);
            var answers = calls.stream()
                    .map(call -> pipeline.evalsha(loaded, List.of(call.key), call.arguments))
                    .toList();
            pipeline.sync();
            for (int index = 0; index < calls.size(); index++) {
                calls.get(index).answer(answer(calls.get(index), answers.get(index)));
            }
        }
    }

    private byte @Nullable [] answer(Call call, Response<Object> answer) {
        try {
            return (byte[]) answer.get();
        } catch (JedisNoScriptException e) {
            // Redis was started anew and has forgotten it.
            digest = null;
            return (byte[]) redis.client().eval(text, List.of(call.key), call.arguments);
        }
    }

    private byte[] digest(byte[] key) {
        var known = digest;
        if (known == null) {
            known = redis.client().scriptLoad(text, key);
            digest = known;
        }
        return known;
    }

    private static final class Call {
        private final byte[] key;
        private final List<byte[]> arguments;
        private final Thread caller;
        private byte @Nullable [] answer;
        private @Nullable RuntimeException failure;
        private volatile boolean isDone;

        Call(byte[] key, List<byte[]> arguments, Thread caller) {
            this.key = key;
            this.arguments = arguments;
            this.caller = caller;
        }

        void answer(byte @Nullable [] is) {
            answer = is;
            finish();
        }

        void fail(RuntimeException with) {
            if (!isDone) {
                failure = with;
                finish();
            }
        }

        private void finish() {
            isDone = true;
            if (caller != Thread.currentThread()) {
                LockSupport.unpark(caller);
            }
        }

        byte @Nullable [] result() {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }
    }
}
