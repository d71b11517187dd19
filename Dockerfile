# The image of one service (--build-arg SERVICE=booking), or with --target tools of the command line. ./amrutam images builds
# them all, after the jars that are copied here.
ARG JRE=eclipse-temurin:25-jre

FROM ${JRE} AS tools
COPY local-stack/target/tools/ /app/
COPY local-stack/target/local-stack-*.jar /app/
USER 10001:10001
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-cp", "/app/*", "com.amrutam.localstack.Amrutam"]

FROM ${JRE} AS layers
ARG SERVICE
COPY ${SERVICE}-service/target/${SERVICE}-service-*.jar /build/service.jar
RUN java -Djarmode=tools -jar /build/service.jar extract --layers --destination /build/layers

FROM ${JRE} AS service
WORKDIR /app
# Off unless JAVA_TOOL_OPTIONS=-javaagent:/agent/opentelemetry-javaagent.jar: with an agent the JVM goes without the cache below.
COPY service-kit/target/agent/opentelemetry-javaagent.jar /agent/
# Libraries change seldom, our own classes with every build.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
# Trains the ahead-of-time cache (JEP 514). The run ends before it serves; a service that owns a schema ends where it would first
# need a server, by when it has loaded what it starts with.
RUN java -XX:AOTCacheOutput=/app/service.aot -Xlog:aot*=off -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
      -Dspring.context.exit=onRefresh -Dspring.flyway.enabled=false \
      -Damrutam.security.jwk-set-uri=http://training -Damrutam.redis.url=redis://training \
      -Damrutam.gateway.services.identity=http://training -Damrutam.gateway.services.doctor=http://training \
      -Damrutam.gateway.services.booking=http://training -Damrutam.gateway.services.notification=http://training \
      -Damrutam.datasource.url=jdbc:postgresql://training/training -Damrutam.datasource.password=no-server-has-this-password \
      -Damrutam.outbox.relay.password=no-server-has-this-password -Dspring.kafka.bootstrap-servers=training:9092 \
      -Damrutam.schema-registry.url=http://training \
      -Damrutam.codes.digest-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
      -Damrutam.identity.key-encryption-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
      -jar service.jar >/tmp/training.log 2>&1 || true; \
    test -s service.aot || { cat /tmp/training.log; exit 1; }; rm -rf /tmp/*
ENV SERVER_PORT=8080
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-$SERVER_PORT} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
# Names are looked up again after 5 s: who a name stands for changes at a fail-over. C2 waits ten times as long as usual: on one
# core its work is half of the start otherwise.
ENTRYPOINT ["java", "-Dsun.net.inetaddr.ttl=5", "-XX:AOTCache=/app/service.aot", "-Xlog:aot*=off", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", \
  "-XX:Tier4InvocationThreshold=50000", "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=150000", \
  "-XX:Tier4BackEdgeThreshold=400000", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/service.jar"]
