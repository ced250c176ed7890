{{- define "loracle.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* Labels that select pods. Call with (dict "root" $ "component" "api"). */ -}}
{{- define "loracle.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "loracle.labels" -}}
{{ include "loracle.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "loracle.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "loracle.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- /* The image of a variant. Call with (dict "root" $ "variant" "cpu"). */ -}}
{{- define "loracle.image" -}}
{{- $suffix := ternary "" (printf "-%s" .variant) (eq .variant "cpu") -}}
{{- $tag := default (printf "%s%s" .root.Chart.AppVersion $suffix) .root.Values.image.tag -}}
{{- printf "%s:%s" .root.Values.image.repository $tag -}}
{{- end -}}

{{- define "loracle.secret" -}}
{{- default (include "loracle.fullname" .) .Values.existingSecret -}}
{{- end -}}

{{- define "loracle.hasSecret" -}}
{{- if or .Values.existingSecret .Values.secrets -}}true{{- end -}}
{{- end -}}

{{- /* The addresses of the vLLM servers, separated by commas. */ -}}
{{- define "loracle.vllmUrls" -}}
{{- if .Values.generation.urls -}}
{{- join "," .Values.generation.urls -}}
{{- else -}}
{{- $name := printf "%s-vllm" (include "loracle.fullname" .) -}}
{{- $urls := list -}}
{{- range $number := until (int .Values.vllm.replicas) -}}
{{- $urls = append $urls (printf "http://%s-%d.%s:8000" $name $number $name) -}}
{{- end -}}
{{- join "," $urls -}}
{{- end -}}
{{- end -}}

{{- /* The settings that are no secrets, as YAML of a map. */ -}}
{{- define "loracle.settings" -}}
{{- $settings := dict "LORACLE_HOST" "0.0.0.0" "LORACLE_PORT" "8000" "LORACLE_DATA_DIR" "/data" "LORACLE_MODELS_DIR" "/models" -}}
{{- if eq .Values.mode "scale" -}}
{{- $_ := set $settings "LORACLE_WORKER_IN_PROCESS" "false" -}}
{{- $_ := set $settings "LORACLE_TRAINER_IN_PROCESS" (ternary "false" "true" .Values.trainer.enabled) -}}
{{- if .Values.s3.bucket -}}
{{- $_ := set $settings "LORACLE_BLOB_STORE" "s3" -}}
{{- $_ := set $settings "LORACLE_S3_BUCKET" .Values.s3.bucket -}}
{{- with .Values.s3.region }}{{ $_ := set $settings "LORACLE_S3_REGION" . }}{{ end -}}
{{- with .Values.s3.endpointUrl }}{{ $_ := set $settings "LORACLE_S3_ENDPOINT_URL" . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.generation.backend "vllm" -}}
{{- $_ := set $settings "LORACLE_GENERATOR" "vllm" -}}
{{- $_ := set $settings "LORACLE_VLLM_URLS" (include "loracle.vllmUrls" .) -}}
{{- if .Values.vllm.enabled -}}
{{- $_ := set $settings "LORACLE_VLLM_MAX_LORAS" (toString .Values.vllm.maxLoras) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.generation.backend "openai" -}}
{{- $_ := set $settings "LORACLE_GENERATOR" "openai" -}}
{{- $_ := set $settings "LORACLE_OPENAI_URL" .Values.generation.openaiUrl -}}
{{- $_ := set $settings "LORACLE_OPENAI_MODEL" .Values.generation.openaiModel -}}
{{- end -}}
{{- if .Values.embeddings.url -}}
{{- $_ := set $settings "LORACLE_EMBEDDING_MODEL" (printf "openai:%s" .Values.embeddings.model) -}}
{{- $_ := set $settings "LORACLE_EMBEDDINGS_URL" .Values.embeddings.url -}}
{{- end -}}
{{- toYaml (merge (deepCopy .Values.settings) $settings) -}}
{{- end -}}

{{- define "loracle.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "loracle.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "loracle.envFrom" -}}
- configMapRef: {name: {{ include "loracle.fullname" . }}}
{{- if include "loracle.hasSecret" . }}
- secretRef: {name: {{ include "loracle.secret" . }}}
{{- end }}
{{- end -}}

{{- /* Restarts pods when settings or the chart's secrets change. */ -}}
{{- define "loracle.checksum" -}}
{{- printf "%s%s" (include "loracle.settings" .) (toJson .Values.secrets) | sha256sum -}}
{{- end -}}

{{- /* Where pods are placed. Call with a component's values. */ -}}
{{- define "loracle.placement" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* The fields that all pods share. Call with the root. */ -}}
{{- define "loracle.podCommon" -}}
automountServiceAccountToken: false
enableServiceLinks: false # a Service of this name would set LORACLE_PORT and more
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext: {{- include "loracle.podSecurity" . | nindent 2 }}
{{- end -}}

{{- /* The probes of a pod that answers HTTP. */ -}}
{{- define "loracle.probes" -}}
startupProbe: # loading a model, or pulling it at the first start
  httpGet: {path: /healthz, port: http}
  periodSeconds: 5
  failureThreshold: 120
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 4
  failureThreshold: 2
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
lifecycle: # endpoints forget the pod before it stops to take requests
  preStop:
    exec: {command: [sleep, "5"]}
{{- end -}}

{{- /* The probes of a worker or a trainer. */ -}}
{{- define "loracle.healthProbes" -}}
startupProbe:
  httpGet: {path: /healthz, port: health}
  periodSeconds: 5
  failureThreshold: 120
readinessProbe:
  httpGet: {path: /readyz, port: health}
  periodSeconds: 10
livenessProbe:
  httpGet: {path: /healthz, port: health}
  periodSeconds: 20
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}
