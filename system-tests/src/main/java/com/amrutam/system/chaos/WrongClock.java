package com.amrutam.system.chaos;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent that makes java.time's clock wrong, which is what our services read. It lives in their JVMs, alone: it may use
 * nothing but the JDK. What a process tells itself through {@code System.currentTimeMillis} stays right.
 */
public final class WrongClock implements ClassFileTransformer {
    private static final String AHEAD = "amrutam.chaos.clock-ahead-seconds";

    private static final ClassDesc INSTANT = ClassDesc.of(Instant.class.getName());

    private WrongClock() {}

    /** @param seconds how far ahead the clock shall be from now on; negative for behind */
    public static void agentmain(String seconds, Instrumentation jvm) throws UnmodifiableClassException {
        if (System.setProperty(AHEAD, seconds) == null) {
            jvm.addTransformer(new WrongClock(), true);
            jvm.retransformClasses(Clock.class);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != Clock.class) {
            return null;
        }
        var format = ClassFile.of();
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        // Instant.now() and every clock of the system come here.
                        method -> method.methodName().equalsString("currentInstant"),
                        (code, element) -> {
                            if (element instanceof ReturnInstruction) {
                                code.ldc(AHEAD)
                                        .lconst_0()
                                        .invokestatic(
                                                ConstantDescs.CD_Long,
                                                "getLong",
                                                MethodTypeDesc.of(
                                                        ConstantDescs.CD_Long,
                                                        ConstantDescs.CD_String,
                                                        ConstantDescs.CD_long))
                                        .invokevirtual(
                                                ConstantDescs.CD_Long,
                                                "longValue",
                                                MethodTypeDesc.of(ConstantDescs.CD_long))
                                        .invokevirtual(
                                                INSTANT,
                                                "plusSeconds",
                                                MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long));
                            }
                            code.with(element);
                        }));
    }
}
