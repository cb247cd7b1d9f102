#!/bin/bash
# The life of the package, given as two versions of it: installed, started, upgraded over itself with data,
# removed and purged. Called by `cargo xtask dist` and `cargo xtask test` in namespaces of its own, where it
# sees this machine through an overlay: nothing that it does is left.
set -euo pipefail

first=$(realpath "$1") next=$(realpath "$2")
say() { printf -- '-- %s\n' "$*"; }
fail() { printf 'package: %s\n' "$*" >&2; exit 1; }

if [ "${3:-}" != inside ]; then
	view=$(mktemp -d)
	mount -t tmpfs view "$view"
	mkdir "$view/changes" "$view/work" "$view/root"
	mount -t overlay overlay "$view/root" \
		-o "lowerdir=/,upperdir=$view/changes,workdir=$view/work"
	root=$view/root
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev"
	mount -t tmpfs tmp "$root/tmp"
	mount -t tmpfs run "$root/run"
	cp "$first" "$root/tmp/first.deb"
	cp "$next" "$root/tmp/next.deb"
	cp "$0" "$root/tmp/life.sh"
	ip link set lo up
	exec chroot "$root" bash /tmp/life.sh /tmp/first.deb /tmp/next.deb inside
fi

unit=/lib/systemd/system/firstkey.service
export DEBIAN_FRONTEND=noninteractive
ours() { setpriv --reuid firstkey --regid firstkey --init-groups "$@"; }
fk() { ours env -C /tmp FIRSTKEY_CONFIG=/etc/firstkey/firstkey.toml firstkey "$@"; }

# Starts what the unit starts, as the user and with the environment that it says.
start() {
	local words user
	words=$(sed -n 's/^ExecStart=//p' "$unit")
	user=$(sed -n 's/^User=//p' "$unit")
	[ "$user" = firstkey ] || fail "the unit runs as $user"
	# shellcheck disable=SC2046,SC2086
	(cd "$(sed -n 's/^WorkingDirectory=//p' "$unit")" && exec setpriv --reuid "$user" --regid "$user" \
		--init-groups --no-new-privs --bounding-set -all --inh-caps -all \
		env -i $(sed -n 's/^Environment=//p' "$unit") $words) >/tmp/said 2>/tmp/log </dev/null &
	server=$!
	for _ in $(seq 300); do
		if answers; then return; fi
		kill -0 "$server" || { cat /tmp/said /tmp/log; fail "the server ended"; }
		sleep 0.1
	done
	fail "the server does not answer"
}

answers() {
	(exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\r\nHost: x\r\n\r\n' >&3 &&
		head -1 <&3 | grep -q ' 200 ') 2>/dev/null
}

stop() {
	kill "$server"
	wait "$server" || fail "the server did not end well"
}

mode() { stat -c '%a %U' "$1"; }

say "installed"
dpkg -i "$first" >/tmp/dpkg 2>&1 || { cat /tmp/dpkg; fail "dpkg -i"; }
firstkey --version
[ "$(mode /var/lib/firstkey)" = "700 firstkey" ] || fail "the data folder is $(mode /var/lib/firstkey)"
[ "$(mode /etc/firstkey)" = "750 root" ] || fail "the settings' folder is $(mode /etc/firstkey)"
[ -z "$(ls -A /var/lib/firstkey)" ] || fail "something was started"
fk config check
for page in firstkey firstkey-up firstkey-import; do
	[ -s "/usr/share/man/man1/$page.1" ] || fail "there is no manual page $page"
done
bash -c '. /usr/share/bash-completion/completions/firstkey && complete -p firstkey >/dev/null'

say "the unit"
systemd-analyze verify --man=no "$unit" /lib/systemd/system/firstkey.socket
systemd-analyze security --offline=yes --threshold=20 "$unit" | tail -1

say "started"
start
log=$(cat /var/lib/firstkey/log.pub)
[ "$(mode /var/lib/firstkey-unlock/unlock.key)" = "600 firstkey" ] || fail "the unlock key is open"
[ ! -e /var/lib/firstkey/unlock.key ] || fail "the unlock key is in the data folder"
cat >/tmp/joiners.csv <<-CSV
	external_id,given_name,family_name,personal_email,sponsor,start_date,time_zone,worker_type
	E1,Ana,Lopes,ana@mail.example,,2026-01-05,UTC,employee
CSV
fk import /tmp/joiners.csv | grep -q '^1 joined' || fail "nobody joined"
fk setup --given-name Ada --family-name Admin --email ada@mail.example >/dev/null
[ -s /var/lib/firstkey/setup-link ] || fail "there is no setup link"

say "upgraded over itself"
sed -i 's/^name = .*/name = "Ours Ltd"/' /etc/firstkey/firstkey.toml
dpkg -i "$next" >/tmp/dpkg 2>&1 || { cat /tmp/dpkg; fail "dpkg -i"; }
grep -q '^name = "Ours Ltd"' /etc/firstkey/firstkey.toml || fail "the settings are lost"
answers || fail "it was stopped, where no service manager starts it again"
stop
start
fk import /tmp/joiners.csv | grep -q '1 unchanged' || fail "the data are lost"
[ "$(cat /var/lib/firstkey/log.pub)" = "$log" ] || fail "it is another log"
stop
fk log check >/dev/null || fail "log check"

say "removed, and installed again"
dpkg -r firstkey >/tmp/dpkg 2>&1 || { cat /tmp/dpkg; fail "dpkg -r"; }
[ ! -e /usr/bin/firstkey ] || fail "the binary stayed"
[ -s /var/lib/firstkey/firstkey.db ] && [ -s /etc/firstkey/firstkey.toml ] || fail "too much is gone"
dpkg -i "$next" >/tmp/dpkg 2>&1 || { cat /tmp/dpkg; fail "dpkg -i"; }
start
fk import /tmp/joiners.csv | grep -q '1 unchanged' || fail "the data are lost"
stop

say "purged"
dpkg -P firstkey >/tmp/dpkg 2>&1 || { cat /tmp/dpkg; fail "dpkg -P"; }
for gone in /usr/bin/firstkey /etc/firstkey /var/lib/firstkey /var/lib/firstkey-unlock "$unit"; do
	[ ! -e "$gone" ] || fail "$gone is left"
done
getent passwd firstkey >/dev/null || fail "the user's number could be given to somebody else"
say "it lived well"
