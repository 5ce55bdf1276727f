# Pester's Should: the assertions that tests/Pester uses, with Pester's rules and messages.

. $PSScriptRoot/Should.Format.ps1
. $PSScriptRoot/Should.Operators.ps1
. $PSScriptRoot/Should.Throw.ps1
. $PSScriptRoot/Should.HaveParameter.ps1

# These see what is piped to them as one collection; the others see one value at a time.
$takesCollection = 'Be', 'BeExactly', 'BeNullOrEmpty', 'Contain', 'HaveCount'

function Should {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] [object] $ActualValue,
        [switch] $Not,
        [string] $Because,

        [Parameter(Mandatory, ParameterSetName = 'Be')] [switch] $Be,
        [Parameter(Mandatory, ParameterSetName = 'BeExactly')] [switch] $BeExactly,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterThan')] [switch] $BeGreaterThan,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterOrEqual')] [switch] $BeGreaterOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeLessThan')] [switch] $BeLessThan,
        [Parameter(Mandatory, ParameterSetName = 'BeLessOrEqual')] [switch] $BeLessOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeLike')] [switch] $BeLike,
        [Parameter(Mandatory, ParameterSetName = 'BeLikeExactly')] [switch] $BeLikeExactly,
        [Parameter(Mandatory, ParameterSetName = 'BeIn')] [switch] $BeIn,
        [Parameter(Mandatory, ParameterSetName = 'Contain')] [switch] $Contain,
        [Parameter(Mandatory, ParameterSetName = 'HaveCount')] [switch] $HaveCount,
        [Parameter(Position = 0, ParameterSetName = 'Be')]
        [Parameter(Position = 0, ParameterSetName = 'BeExactly')]
        [Parameter(Position = 0, ParameterSetName = 'BeGreaterThan')]
        [Parameter(Position = 0, ParameterSetName = 'BeGreaterOrEqual')]
        [Parameter(Position = 0, ParameterSetName = 'BeLessThan')]
        [Parameter(Position = 0, ParameterSetName = 'BeLessOrEqual')]
        [Parameter(Position = 0, ParameterSetName = 'BeLike')]
        [Parameter(Position = 0, ParameterSetName = 'BeLikeExactly')]
        [Parameter(Position = 0, ParameterSetName = 'BeIn')]
        [Parameter(Position = 0, ParameterSetName = 'Contain')]
        [Parameter(Position = 0, ParameterSetName = 'HaveCount')]
        [object] $ExpectedValue,

        [Parameter(Mandatory, ParameterSetName = 'BeNullOrEmpty')] [switch] $BeNullOrEmpty,
        [Parameter(Mandatory, ParameterSetName = 'BeTrue')] [switch] $BeTrue,
        [Parameter(Mandatory, ParameterSetName = 'BeFalse')] [switch] $BeFalse,
        [Parameter(Mandatory, ParameterSetName = 'Exist')] [switch] $Exist,

        [Parameter(Mandatory, ParameterSetName = 'BeOfType')] [switch] $BeOfType,
        [Parameter(Position = 0, ParameterSetName = 'BeOfType')] [object] $ExpectedType,

        [Parameter(Mandatory, ParameterSetName = 'Match')] [switch] $Match,
        [Parameter(Mandatory, ParameterSetName = 'MatchExactly')] [switch] $MatchExactly,
        [Parameter(Position = 0, ParameterSetName = 'Match')]
        [Parameter(Position = 0, ParameterSetName = 'MatchExactly')]
        [string] $RegularExpression,

        [Parameter(Mandatory, ParameterSetName = 'FileContentMatch')] [switch] $FileContentMatch,
        [Parameter(Position = 0, ParameterSetName = 'FileContentMatch')] [string] $ExpectedContent,

        [Parameter(Mandatory, ParameterSetName = 'Throw')] [switch] $Throw,
        [Parameter(Position = 0, ParameterSetName = 'Throw')] [string] $ExpectedMessage,
        [Parameter(ParameterSetName = 'Throw')] [string] $ErrorId,
        [Parameter(ParameterSetName = 'Throw')] [type] $ExceptionType,
        [Parameter(ParameterSetName = 'Throw')] [switch] $PassThru,

        [Parameter(Mandatory, ParameterSetName = 'HaveParameter')] [switch] $HaveParameter,
        [Parameter(Position = 0, ParameterSetName = 'HaveParameter')] [string] $ParameterName,
        [Parameter(ParameterSetName = 'HaveParameter')] [object] $Type,
        [Parameter(ParameterSetName = 'HaveParameter')] [switch] $Mandatory,
        [Parameter(ParameterSetName = 'HaveParameter')] [string] $InParameterSet,
        [Parameter(ParameterSetName = 'HaveParameter')] [string[]] $Alias
    )

    begin { $values = [System.Collections.Generic.List[object]]::new() }
    process { $values.Add($ActualValue) }
    end {
        $operator = $PSCmdlet.ParameterSetName
        $arguments = @{}
        foreach ($bound in $PSBoundParameters.GetEnumerator()) {
            if ($bound.Key -notin 'ActualValue', 'Not', 'Because', $operator) { $arguments[$bound.Key] = $bound.Value }
        }
        $reason = FormatBecause $Because

        # Pester 5 and 6 disagree about a collection that is not piped.
        if (-not $MyInvocation.ExpectingInput) { throw [System.ArgumentException]'Pipe the actual value to Should.' }
        $inputs = [System.Collections.Generic.List[object]]::new()
        if ($values.Count -eq 0) { $inputs.Add($null) }
        elseif ($operator -in $takesCollection) { $inputs.Add($values.ToArray()) }
        else { $inputs.AddRange($values) }

        for ($i = 0; $i -lt $inputs.Count; $i++) {
            try {
                $verdict = & "Test$operator" -Actual $inputs[$i] -Not $Not.IsPresent -Reason $reason @arguments
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
            if ($verdict.Failure) {
                $exception = [System.Exception]::new($verdict.Failure)
                $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new($exception, 'PesterAssertionFailed', 'InvalidResult', $null))
            }
            if ($null -ne $verdict.Output) { $verdict.Output }
        }
    }
}

Export-ModuleMember -Function Should
