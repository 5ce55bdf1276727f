# Should -Throw: runs the block that is piped to it. Only terminating errors count, as everywhere in PowerShell.

function TestThrow($Actual, [string] $ExpectedMessage, [string] $ErrorId, [type] $ExceptionType, [switch] $PassThru, [bool] $Not, [string] $Reason) {
    if ($Actual -isnot [scriptblock]) {
        throw [System.ArgumentException]"Input is missing or not a ScriptBlock. Input to '-Throw' and '-Not -Throw' must be enclosed in curly braces."
    }

    $caught = $null
    try { $null = & $Actual } catch { $caught = $_ }
    $where = if ($caught) { ' ' + ($caught.InvocationInfo.PositionMessage -replace '^At ', 'from ') } else { '' }
    if ($Not) {
        return Verdict ($null -eq $caught) "Expected no exception to be thrown,$Reason but an exception `"$($caught.Exception.Message)`" was thrown$where."
    }

    $filters = @()
    $buts = @()
    if ($ExceptionType) {
        $filters += "type $(FormatValue $ExceptionType)"
        if ($caught -and $caught.Exception -isnot $ExceptionType) { $buts += "the exception type was $(FormatValue $caught.Exception.GetType())" }
    }
    if (-not [string]::IsNullOrWhiteSpace($ExpectedMessage)) {
        $filters += "message like $(FormatValue ([System.Management.Automation.WildcardPattern]::Unescape($ExpectedMessage)))"
        if ($caught -and $caught.Exception.Message -notlike $ExpectedMessage) { $buts += "the message was $(FormatValue $caught.Exception.Message)" }
    }
    if (-not [string]::IsNullOrWhiteSpace($ErrorId)) {
        $filters += "FullyQualifiedErrorId $(FormatValue $ErrorId)"
        if ($caught -and $caught.FullyQualifiedErrorId -notlike $ErrorId) { $buts += "the FullyQualifiedErrorId was $(FormatValue $caught.FullyQualifiedErrorId)" }
    }
    if (-not $caught) { $buts += 'no exception was thrown' }

    $with = if ($filters) { " with $(JoinAnd $filters)" } else { '' }
    Verdict ($buts.Count -eq 0) "Expected an exception$with to be thrown,$Reason but $(JoinAnd $buts).$where" $(if ($PassThru) { $caught })
}
