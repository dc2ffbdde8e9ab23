#compdef ctl
# Completion of ctl for zsh: source <(ctl completion zsh)
_ctl() {
    local candidate
    local -a open closed
    while IFS= read -r candidate; do
        case "$candidate" in
            :files) _files ;;
            *=) open+=("$candidate") ;;
            *) closed+=("$candidate") ;;
        esac
    done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( ${#open} )) && compadd -S '' -- "${open[@]}"
    (( ${#closed} )) && compadd -- "${closed[@]}"
}
if [[ "${funcstack[1]}" == _ctl ]]; then _ctl "$@"; else compdef _ctl ctl; fi
