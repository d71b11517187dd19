#!/usr/bin/env bash
# Prints the Secrets an installation needs from a file of ./amrutam secrets:
#   ./amrutam secrets --out amrutam.env
#   helm/secrets.sh amrutam.env | kubectl --namespace amrutam apply --filename -
# The second argument is the release's name, amrutam by default. Strimzi makes those for Kafka.
set -euo pipefail

if (($# < 1)); then
  echo "usage: helm/secrets.sh ENV-FILE [RELEASE]" >&2
  exit 2
fi
# shellcheck disable=SC1090
source "$1"
release=${2:-amrutam}

secret() { # name type key=value...
  local entry
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s-%s\ntype: %s\nstringData:\n' "$release" "$1" "$2"
  for entry in "${@:3}"; do
    printf "  %s: '%s'\n" "${entry%%=*}" "${entry#*=}"
  done
}

role() { # secret role variable
  secret "$1" kubernetes.io/basic-auth "username=$2" "password=${!3:?is not in the file}"
}

for service in identity doctor booking notification; do
  role "$service-database" "$service" "AMRUTAM_PASSWORD_${service^^}"
  role "$service-relay" "${service}_relay" "AMRUTAM_PASSWORD_${service^^}_RELAY"
done
role registry-database registry AMRUTAM_PASSWORD_REGISTRY
secret codes Opaque "digest-key=${AMRUTAM_CODES_DIGESTKEY:?}" "keyset=${AMRUTAM_CODES_KEYSET:?}"
secret identity-keys Opaque "key-encryption-key=${AMRUTAM_IDENTITY_KEYENCRYPTIONKEY:?}"
secret redis Opaque "password=${REDIS_PASSWORD:?}"
