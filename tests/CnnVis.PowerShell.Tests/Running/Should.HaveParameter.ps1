# Should -HaveParameter: asks a command for one of its parameters.

function TestHaveParameter($Actual, [string] $ParameterName, $Type, [switch] $Mandatory, [string] $InParameterSet, [string[]] $Alias, [bool] $Not, [string] $Reason) {
    if ($Actual -isnot [System.Management.Automation.CommandInfo]) {
        throw [System.ArgumentException]'Input value must be non-null CommandInfo object. You can get one by calling Get-Command.'
    }
    if ($Type -is [string]) {
        $name = $Type -replace '^\[(.*)\]$', '$1'
        $Type = $name -as [type]
        if ($null -eq $Type) { throw [System.ArgumentException]"Could not find type [$name]. Make sure that the assembly that contains that type is loaded." }
    }

    $words = "to $(if ($Not) { 'not ' })have a parameter $ParameterName$(if ($InParameterSet) { " in parameter set $InParameterSet" })"
    $parameter = $Actual.Parameters[$ParameterName]
    $attributes = @(if ($parameter) { $parameter.Attributes.Where({ $_ -is [System.Management.Automation.ParameterAttribute] -and (-not $InParameterSet -or $_.ParameterSetName -eq $InParameterSet) }) })
    $conditions = $PSBoundParameters.ContainsKey('Mandatory') -or $Type -or $Alias
    if (-not $attributes) { return Verdict $Not "Expected command $($Actual.Name) $words,$Reason but the parameter is missing." }
    if ($Not -and -not $conditions) { return Verdict $false "Expected command $($Actual.Name) $words,$Reason but the parameter exists." }

    $filters = @($words)
    $buts = @()
    if ($PSBoundParameters.ContainsKey('Mandatory')) {
        $isMandatory = @($attributes.Where({ $_.Mandatory })).Count -gt 0
        $wanted = $Mandatory.IsPresent -and -not $Not
        $filters += "which is$(if (-not $wanted) { ' not' }) mandatory"
        if ($isMandatory -ne $wanted) { $buts += $(if ($isMandatory) { 'it was mandatory' } else { "it wasn't mandatory" }) }
    }
    if ($Type) {
        $filters += "$(if ($Not) { 'not ' })of type [$($Type.FullName)]"
        if (($parameter.ParameterType -eq $Type) -eq $Not) { $buts += "it was of type [$($parameter.ParameterType.FullName)]" }
    }
    foreach ($one in $Alias) {
        $filters += "$(if ($Not) { 'without' } else { 'with' }) alias $(FormatValue $one)"
        if (($parameter.Aliases -contains $one) -eq $Not) { $buts += "it $(if ($Not) { 'had' } else { 'did not have' }) an alias $(FormatValue $one)" }
    }
    Verdict ($buts.Count -eq 0) "Expected command $($Actual.Name) $($filters -join ', '),$Reason but $(JoinAnd $buts)."
}
