# Completion of ctl for bash: source <(ctl completion bash)
_ctl() {
    local line word cut candidate
    local -a words
    # bash cuts words at = and :, so they are taken from the line itself.
    line="${COMP_LINE:0:COMP_POINT}"
    IFS=$' \t\n' read -r -a words <<< "$line"
    word="${line##*[[:space:]]}"
    [[ -z "$word" ]] && words+=("")
    cut=""
    [[ "$COMP_WORDBREAKS" == *=* && "$word" == *=* ]] && cut="${word%"${word##*=}"}"
    COMPREPLY=()
    compopt +o nospace 2>/dev/null
    while IFS= read -r candidate; do
        if [[ "$candidate" == :files ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r candidate; do
                COMPREPLY+=("$candidate")
            done < <(compgen -f -- "$word")
        else
            [[ "$candidate" == *= ]] && compopt -o nospace 2>/dev/null
            COMPREPLY+=("${candidate#"$cut"}")
        fi
    done < <("${words[0]}" __complete -- "${words[@]:1}" 2>/dev/null)
}
complete -F _ctl ctl
