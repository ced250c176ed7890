#!/bin/sh
# Models are pulled before a process that runs them starts: what is there is verified, what is missing is fetched.
set -e
case "$1" in
serve | worker | trainer) loracle models pull ;;
esac
exec loracle "$@"
