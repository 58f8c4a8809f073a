#!/usr/bin/env bash
# Makes the pictures of this folder anew, in a light scheme: docs/images/make.sh [options for Maven]
set -eu
cd "$(dirname "$0")/../.."
command -v chromium >/dev/null || { echo "no chromium on the PATH (install it: apt-get install -y chromium)" >&2; exit 1; }

work=$(mktemp -d)
shop=
clean_up() {
  [ -z "$shop" ] || kill -- "-$shop" 2>/dev/null || true
  [ -z "$shop" ] || wait "$shop" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

set -m
mvn -B -q "$@" -pl examples/shop -am compile exec:exec -Dshop.args="--port=0 --data=$work/data" >"$work/shop.log" 2>&1 &
shop=$!
set +m

address=
until [ -n "$address" ]; do
  kill -0 "$shop" 2>/dev/null || { cat "$work/shop.log" >&2; exit 1; }
  sleep 1
  address=$(sed -n 's|.*Shop: \(http://127\.0\.0\.1:[0-9]*\).*|\1|p' "$work/shop.log")
done

shoot() {
  chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
    --host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE 127.0.0.1" --user-data-dir="$work/profile" \
    --window-size=1280,800 --virtual-time-budget=3000 --screenshot="docs/images/$2" "$address$1" 2>/dev/null
}

shoot / home.png
shoot /products/7 product.png
