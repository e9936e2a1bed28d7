# Completion of tightrope(1) for bash. Commands and options are asked of the program itself, so that they always fit it.
_tightrope() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} program=${COMP_WORDS[0]}
  COMPREPLY=()
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p') --help --version" -- "$word")
    return
  fi
  case $before in
    --input) mapfile -t COMPREPLY < <(compgen -W "auto text jsonl json csv html feed export conllu" -- "$word"); return ;;
    --dedup) mapfile -t COMPREPLY < <(compgen -W "report incident one-a-day" -- "$word"); return ;;
    --by) mapfile -t COMPREPLY < <(compgen -W "day week month" -- "$word"); return ;;
    --rule) mapfile -t COMPREPLY < <(compgen -W "exceedance surge threat ears cusum change hdx" -- "$word"); return ;;
    --count) mapfile -t COMPREPLY < <(compgen -W "reports conflict cooperation threats acts" -- "$word"); return ;;
    --offsets) mapfile -t COMPREPLY < <(compgen -W "bytes chars utf16" -- "$word"); return ;;
    --columns) mapfile -t COMPREPLY < <(compgen -f -W "plover polecat phoenix petrarch icews gdelt-like acled-like ucdp-like" -- "$word"); return ;;
    --format) [ "$command" = code ] && { mapfile -t COMPREPLY < <(compgen -W "pages events csv tsv" -- "$word"); return; }
      mapfile -t COMPREPLY < <(compgen -W "table tsv csv jsonl" -- "$word"); return ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$("$program" "$command" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u)" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
}
complete -o filenames -F _tightrope tightrope
