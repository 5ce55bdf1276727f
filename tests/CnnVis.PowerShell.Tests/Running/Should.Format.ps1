# How values and verdicts are written: as Pester writes them.

function FormatValue($Value) {
    if ($null -eq $Value) { return '$null' }
    if ($Value -is [bool]) { return '$' + $Value.ToString().ToLowerInvariant() }
    if ($Value -is [string]) { return $(if ($Value -eq '') { '<empty>' } else { "'$Value'" }) }
    if ($Value -is [datetime]) { return $Value.ToString('o') }
    if ($Value -is [type]) { return "[$Value]" }
    if ($Value -is [scriptblock]) { return "{$Value}" }
    if ($Value -is [System.Collections.IDictionary] -or $Value -isnot [System.Collections.IEnumerable]) { return [string]$Value }

    $limit = 10
    $all = @($Value)
    $shown = foreach ($item in @($all[0..($limit - 1)])) { FormatValue $item }
    if ($all.Count -eq 0) { return '@()' }
    "@($($shown -join ', ')$(if ($all.Count -gt $limit) { ", ...$($all.Count - $limit) more" }))"
}

function FormatBecause([string] $Because) {
    $reason = $Because.Trim()
    if (-not $reason) { return '' }
    if (-not $reason.StartsWith('because')) { $reason = "because $reason" }
    " $reason,"
}

function JoinAnd([string[]] $Items) {
    if ($Items.Count -lt 2) { return "$Items" }
    ($Items[0..($Items.Count - 2)] -join ', ') + ' and ' + $Items[-1]
}

# What an operator answers: a failure's message where it fails, and what it passes on.
function Verdict([bool] $Succeeded, [string] $Failure, $Output) {
    @{ Failure = $(if (-not $Succeeded) { $Failure }); Output = $Output }
}
