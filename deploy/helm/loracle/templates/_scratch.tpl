{{- /* Pods of the scale mode keep nothing: /data and /models are caches that can be filled again. */ -}}
{{- define "loracle.scratchMounts" -}}
- {name: data, mountPath: /data}
- {name: models, mountPath: /models}
- {name: tmp, mountPath: /tmp}
{{- end -}}

{{- define "loracle.scratchVolumes" -}}
- name: data
  emptyDir: {}
- name: models
  emptyDir: {}
- name: tmp
  emptyDir: {}
{{- end -}}
