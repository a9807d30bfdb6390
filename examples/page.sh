#!/bin/sh
# Page the people on a unit from a shell. Needs openssl, curl and python3.
# usage: PAGE_URL=https://… WEBHOOK_SECRET=whsec_… sh page.sh UNIT MESSAGE
# Any bytes will do: what is no UTF-8 is shown as �, and of a message beyond 4,000 characters the beginning is.
set -eu
body=$(python3 -c '
import json, os, sys
unit, message = (os.fsencode(text).decode(errors="replace") for text in sys.argv[1:])
print(json.dumps({"unit": unit, "message": message[:5000]}))' "$1" "$2")
id="msg_$(openssl rand -hex 16)"
timestamp=$(date +%s)
key=$(printf %s "${WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$(printf %s "$id.$timestamp.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
printf %s "$body" | curl --silent --show-error --fail-with-body --retry 3 "$PAGE_URL" --data-binary @- \
  --header "Content-Type: application/json" --header "webhook-id: $id" \
  --header "webhook-timestamp: $timestamp" --header "webhook-signature: v1,$signature"
