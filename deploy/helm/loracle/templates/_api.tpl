{{- define "loracle.apiAnnotations" -}}
checksum/settings: {{ include "loracle.checksum" . }}
{{- if .Values.metrics.annotations }}
prometheus.io/scrape: "true"
prometheus.io/port: "8000"
prometheus.io/path: /metrics
{{- end }}
{{- end -}}
