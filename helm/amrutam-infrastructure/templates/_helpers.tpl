{{- define "installation" -}}
{{ .Release.Name | trimSuffix "-infrastructure" | trunc 40 }}
{{- end }}

{{- define "labels" -}}
app.kubernetes.io/name: {{ include "installation" (index . 1) }}-{{ index . 0 }}
app.kubernetes.io/instance: {{ include "installation" (index . 1) }}
app.kubernetes.io/part-of: amrutam-infrastructure
app.kubernetes.io/managed-by: {{ (index . 1).Release.Service }}
helm.sh/chart: {{ (index . 1).Chart.Name }}-{{ (index . 1).Chart.Version }}
{{- end }}

{{- define "storage" -}}
size: {{ .size }}
{{- with .storageClass }}
storageClass: {{ . }}
{{- end }}
{{- end }}

{{- define "containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* Any pod of the services' release: the services, their migrations, the provision job. */ -}}
{{- define "services" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/instance: {{ include "installation" . }}
      app.kubernetes.io/part-of: amrutam
{{- end }}

{{- /* The topics of each service and those it listens to. A ★ behind a name: personal data, notification's alone. */ -}}
{{- define "access" -}}
identity:
  publishes:
    - identity.user-registered.v1
    - identity.contact-changed.v1★
    - identity.user-erased.v1
    - identity.otp-requested.v1★
  listensTo:
    - booking.appointment-booked.v1
    - booking.appointment-rescheduled.v1
    - booking.appointment-cancelled.v1
    - booking.appointment-completed.v1
doctor:
  publishes:
    - doctor.doctor-profile-changed.v1
    - doctor.slots-published.v1
    - doctor.slots-withdrawn.v1
  listensTo:
    - identity.user-erased.v1
    - booking.slot-locked.v1
    - booking.slot-released.v1
    - booking.appointment-booked.v1
    - booking.appointment-rescheduled.v1
    - booking.appointment-cancelled.v1
    - booking.appointment-reviewed.v1
booking:
  publishes:
    - booking.slot-locked.v1
    - booking.slot-released.v1
    - booking.appointment-booked.v1
    - booking.appointment-rescheduled.v1
    - booking.appointment-cancelled.v1
    - booking.appointment-completed.v1
    - booking.appointment-reviewed.v1
    - booking.waitlist-offered.v1
    - booking.reminder-due.v1
    - booking.otp-requested.v1★
  listensTo:
    - identity.user-erased.v1
    - doctor.doctor-profile-changed.v1
    - doctor.slots-published.v1
    - doctor.slots-withdrawn.v1
notification:
  publishes:
    - notification.notification-delivered.v1
    - notification.notification-failed.v1
  listensTo:
    - identity.contact-changed.v1★
    - identity.user-erased.v1
    - identity.otp-requested.v1★
    - doctor.doctor-profile-changed.v1
    - booking.appointment-booked.v1
    - booking.appointment-rescheduled.v1
    - booking.appointment-cancelled.v1
    - booking.appointment-completed.v1
    - booking.reminder-due.v1
    - booking.otp-requested.v1★
{{- end }}
