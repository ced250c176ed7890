{{- /* The claim of data, models or adapters: the user's, or the chart's. */ -}}
{{- define "loracle.claimName" -}}
{{- default (printf "%s-%s" (include "loracle.fullname" .root) .name) (index .root.Values .name).existingClaim -}}
{{- end -}}

{{- /* Pods of the scale mode keep nothing: /data and /models are caches that can be filled again. */ -}}
{{- define "loracle.scratchMounts" -}}
- {name: data, mountPath: /data}
- {name: models, mountPath: /models{{ if .Values.models.existingClaim }}, readOnly: true{{ end }}}
- {name: tmp, mountPath: /tmp}
{{- end -}}

{{- define "loracle.scratchVolumes" -}}
- name: data
  emptyDir: {}
- name: models
{{- if .Values.models.existingClaim }}
  persistentVolumeClaim: {claimName: {{ .Values.models.existingClaim }}, readOnly: true}
{{- else }}
  emptyDir: {}
{{- end }}
- name: tmp
  emptyDir: {}
{{- end -}}

{{- /* Of pods that generate on vLLM: it reads adapters where they have them. */ -}}
{{- define "loracle.adaptersMount" -}}
{{- if eq .Values.generation.backend "vllm" }}
- {name: adapters, mountPath: /data/adapters}
{{- end }}
{{- end -}}

{{- define "loracle.adaptersVolume" -}}
{{- if eq .Values.generation.backend "vllm" }}
- name: adapters
  persistentVolumeClaim: {claimName: {{ include "loracle.claimName" (dict "root" $ "name" "adapters") }}}
{{- end }}
{{- end -}}
