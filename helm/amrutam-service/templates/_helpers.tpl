{{- /* What the releases of one installation have in common: amrutam, also of a release amrutam-booking. */ -}}
{{- define "installation" -}}
{{ .Release.Name | trimSuffix (printf "-%s" .Values.service) | trunc 40 }}
{{- end }}

{{- define "name" -}}
{{ include "installation" . }}-{{ .Values.service }}
{{- end }}

{{- define "identity" -}}
app.kubernetes.io/name: amrutam-{{ .Values.service }}
app.kubernetes.io/instance: {{ include "installation" . }}
{{- end }}

{{- /* The pods that serve, not those of jobs. */ -}}
{{- define "selector" -}}
{{ include "identity" . }}
app.kubernetes.io/component: service
{{- end }}

{{- define "tag" -}}
{{ coalesce .Values.image.tag .Values.global.image.tag .Chart.AppVersion }}
{{- end }}

{{- define "image" -}}
{{ .Values.global.image.repository }}/{{ .Values.service }}:{{ include "tag" . }}
{{- end }}

{{- define "labels" -}}
{{ include "identity" . }}
app.kubernetes.io/part-of: amrutam
app.kubernetes.io/version: {{ include "tag" . | splitList "@" | first | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "isGateway" -}}
{{ if eq .Values.service "gateway" }}true{{ end }}
{{- end }}

{{- define "usesRedis" -}}
{{ if has .Values.service (list "doctor" "gateway") }}true{{ end }}
{{- end }}

{{- /* A value nothing works without, refused here by name rather than by a pod that does not start. */ -}}
{{- define "needed" -}}
{{ required (printf "%s is needed by %s" (index . 0) (index . 2).Values.service) (index . 1) }}
{{- end }}

{{- define "postgres" -}}
{{ merge (deepCopy .Values.postgres) .Values.global.postgres | toYaml }}
{{- end }}

{{- define "jdbcUrl" -}}
jdbc:postgresql://{{ .host }}:{{ .port }}/{{ .database }}{{ with .parameters }}?{{ . }}{{ end }}
{{- end }}

{{- define "secret" -}}
{{ index . 1 | default (printf "%s-%s" (include "installation" (index . 2)) (index . 0)) }}
{{- end }}

{{- define "podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "pullSecrets" -}}
{{- with .Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* What the service reads from its environment that is no secret. */ -}}
{{- define "settings" -}}
{{- $v := .Values -}}
{{- $g := $v.global -}}
SERVER_PORT: "8080"
{{- with $g.profiles }}
SPRING_PROFILES_ACTIVE: {{ join "," . | quote }}
{{- end }}
AMRUTAM_SECURITY_JWKSETURI: http://{{ include "installation" . }}-identity:8080/.well-known/jwks.json
{{- with include "isGateway" . | empty | ternary $g.podNetworks $v.trustedProxies }}
AMRUTAM_CLIENT_TRUSTEDPROXIES: {{ join "," . | quote }}
{{- end }}
{{- if include "isGateway" . }}
# Behind these names is each pod's address: the gateway knows the instances.
{{- range list "identity" "doctor" "booking" "notification" }}
AMRUTAM_GATEWAY_SERVICES_{{ upper . }}: http://{{ include "installation" $ }}-{{ . }}:8080
{{- end }}
# Metrics on a port of their own: the other one faces the world.
MANAGEMENT_SERVER_PORT: "9090"
MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: health,prometheus
{{- else }}
{{- $postgres := include "postgres" . | fromYaml }}
{{- $_ := include "needed" (list "global.postgres.host" $postgres.host .) }}
AMRUTAM_DATASOURCE_URL: {{ include "jdbcUrl" $postgres | quote }}
{{- with $postgres.replicaHost }}
AMRUTAM_DATASOURCE_REPLICAURL: {{ include "jdbcUrl" (merge (dict "host" .) $postgres) | quote }}
{{- end }}
AMRUTAM_DATASOURCE_WRITECONNECTIONS: {{ $v.connections.write | quote }}
AMRUTAM_DATASOURCE_READCONNECTIONS: {{ $v.connections.read | quote }}
AMRUTAM_MIGRATIONS_ATSTART: {{ not $v.migrations.job | quote }}
SPRING_KAFKA_BOOTSTRAPSERVERS: {{ include "needed" (list "global.kafka.bootstrapServers" $g.kafka.bootstrapServers .) | quote }}
SPRING_KAFKA_SECURITY_PROTOCOL: {{ $g.kafka.securityProtocol }}
{{- with $g.kafka.saslMechanism }}
SPRING_KAFKA_PROPERTIES_SASL_MECHANISM: {{ . }}
{{- end }}
{{- if $g.kafka.caSecret }}
SPRING_KAFKA_SSL_TRUSTSTORETYPE: PEM
SPRING_KAFKA_SSL_TRUSTSTORELOCATION: file:/etc/amrutam/kafka/ca.crt
{{- end }}
AMRUTAM_SCHEMAREGISTRY_URL: {{ include "needed" (list "global.schemaRegistry.url" $g.schemaRegistry.url .) | quote }}
{{- end }}
{{- if and (include "usesRedis" .) $g.redis.sentinels }}
AMRUTAM_REDIS_SENTINELS: {{ join "," $g.redis.sentinels | quote }}
AMRUTAM_REDIS_MASTERNAME: {{ $g.redis.masterName }}
{{- end }}
{{- if $g.tracing.enabled }}
JAVA_TOOL_OPTIONS: -javaagent:/agent/opentelemetry-javaagent.jar
OTEL_SERVICE_NAME: {{ $v.service }}
OTEL_RESOURCE_ATTRIBUTES: service.namespace={{ include "installation" . }},service.version={{ include "tag" . | splitList "@" | first }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ include "needed" (list "global.tracing.endpoint" $g.tracing.endpoint .) | quote }}
OTEL_TRACES_SAMPLER: parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG: {{ $g.tracing.sampleRatio | quote }}
# Metrics and logs have ways of their own.
OTEL_METRICS_EXPORTER: none
OTEL_LOGS_EXPORTER: none
{{- end }}
{{- range $name, $value := $v.settings }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{- /* What it reads from Secrets, each by its key: a key that is not there is named by the pod's status. */ -}}
{{- define "secretSettings" -}}
{{- $v := .Values }}
{{- $g := $v.global }}
{{- if not (include "isGateway" .) }}
{{- $database := include "secret" (list (printf "%s-database" $v.service) $v.secrets.database .) }}
{{- $relay := include "secret" (list (printf "%s-relay" $v.service) $v.secrets.relay .) }}
{{- include "fromSecret" (list "AMRUTAM_DATASOURCE_USERNAME" $database "username") }}
{{- include "fromSecret" (list "AMRUTAM_DATASOURCE_PASSWORD" $database "password") }}
{{- include "fromSecret" (list "AMRUTAM_OUTBOX_RELAY_USERNAME" $relay "username") }}
{{- include "fromSecret" (list "AMRUTAM_OUTBOX_RELAY_PASSWORD" $relay "password") }}
{{- if $g.kafka.saslMechanism }}
{{- include "fromSecret" (list "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG" (include "secret" (list $v.service $v.secrets.kafka .)) "sasl.jaas.config") }}
{{- end }}
{{- end }}
{{- $codes := include "secret" (list "codes" $v.secrets.codes .) }}
{{- if has $v.service (list "identity" "booking") }}
{{- include "fromSecret" (list "AMRUTAM_CODES_DIGESTKEY" $codes "digest-key") }}
{{- end }}
{{- if has $v.service (list "identity" "booking" "notification") }}
{{- include "fromSecret" (list "AMRUTAM_CODES_KEYSET" $codes "keyset") }}
{{- end }}
{{- if eq $v.service "identity" }}
{{- include "fromSecret" (list "AMRUTAM_IDENTITY_KEYENCRYPTIONKEY" (include "secret" (list "identity-keys" $v.secrets.identityKeys .)) "key-encryption-key") }}
{{- end }}
{{- if include "usesRedis" . }}
{{- $host := empty $g.redis.sentinels | ternary $g.redis.host $g.redis.masterName }}
{{- $_ := include "needed" (list "global.redis.host" $host .) }}
{{- if $g.redis.auth }}
{{- include "fromSecret" (list "REDIS_PASSWORD" (include "secret" (list "redis" $v.secrets.redis .)) "password") }}
{{- end }}
- name: AMRUTAM_REDIS_URL
  value: {{ printf "%s://%s%s:%v" ($g.redis.tls | ternary "rediss" "redis") ($g.redis.auth | ternary ":$(REDIS_PASSWORD)@" "") $host $g.redis.port | quote }}
{{- end }}
{{- range $name, $from := $v.secretSettings }}
{{- include "fromSecret" (list $name $from.secret $from.key) }}
{{- end }}
{{- end }}

{{- define "fromSecret" }}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- /* Rules of a NetworkPolicy to one place. */ -}}
{{- define "egressTo" -}}
{{- $place := index . 0 }}
- to: {{- required (printf "%s.peers is needed while global.networkPolicy.enabled is true" (index . 1)) ($place.peers | default nil) | toYaml | nindent 4 }}
  ports:
    {{- range index . 2 }}
    - port: {{ . }}
    {{- end }}
{{- end }}
