# One function an operator: TestX answers for `Should -X`.

function IsBlank($Array) { $Array.Count -eq 0 -or ($Array.Count -eq 1 -and $null -eq $Array[0]) }

# Arrays are equal element by element, nested ones too; an empty one, null and an array of one null are all the same.
function AreEqual($First, $Second, [bool] $Exactly) {
    $First = @($First)
    $Second = @($Second)
    $firstBlank = IsBlank $First
    $secondBlank = IsBlank $Second
    if ($firstBlank -or $secondBlank) { return $firstBlank -and $secondBlank }
    if ($First.Count -ne $Second.Count) { return $false }
    for ($i = 0; $i -lt $First.Count; $i++) {
        $equal = if ($First[$i] -is [array] -or $Second[$i] -is [array]) { AreEqual $First[$i] $Second[$i] $Exactly }
        elseif ($Exactly) { $Second[$i] -ceq $First[$i] }
        else { $Second[$i] -eq $First[$i] }
        if (-not $equal) { return $false }
    }
    $true
}

function DescribeDifference($Actual, $Expected, [bool] $Exactly, [string] $Reason) {
    if ($Actual -is [array] -and $Actual.Count -eq 1) { $Actual = $Actual[0] }
    if ($Expected -is [array] -and $Expected.Count -eq 1) { $Expected = $Expected[0] }
    $word = if ($Exactly) { 'exactly ' } else { '' }
    if ($Actual -isnot [string] -or $Expected -isnot [string]) { return "Expected $word$(FormatValue $Expected),$Reason but got $(FormatValue $Actual)." }

    $index = 0
    while ($index -lt $Actual.Length -and $index -lt $Expected.Length -and
        $(if ($Exactly) { $Actual[$index] -ceq $Expected[$index] } else { $Actual[$index] -eq $Expected[$index] })) { $index++ }
    @(
        "Expected strings to be the same,$Reason but they were different."
        if ($Actual.Length -eq $Expected.Length) { "String lengths are both $($Actual.Length)." }
        else { "Expected length: $($Expected.Length)"; "Actual length:   $($Actual.Length)" }
        "Strings differ at index $index."
        "Expected: '$Expected'"
        "But was:  '$Actual'"
    ) -join "`n"
}

function TestBe($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    $failure = if ($Not) { "Expected $(FormatValue $ExpectedValue) to be different from the actual value,$Reason but got the same value." }
    else { DescribeDifference $Actual $ExpectedValue $false $Reason }
    Verdict ((AreEqual $Actual $ExpectedValue $false) -ne $Not) $failure
}

function TestBeExactly($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    $failure = if ($Not) { "Expected $(FormatValue $ExpectedValue) to be different from the actual value,$Reason but got exactly the same value." }
    else { DescribeDifference $Actual $ExpectedValue $true $Reason }
    Verdict ((AreEqual $Actual $ExpectedValue $true) -ne $Not) $failure
}

function TestBeGreaterThan($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeLessOrEqual $Actual $ExpectedValue $false $Reason }
    Verdict (-not ($Actual -le $ExpectedValue)) "Expected the actual value to be greater than $(FormatValue $ExpectedValue),$Reason but got $(FormatValue $Actual)."
}

function TestBeGreaterOrEqual($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeLessThan $Actual $ExpectedValue $false $Reason }
    Verdict (-not ($Actual -lt $ExpectedValue)) "Expected the actual value to be greater than or equal to $(FormatValue $ExpectedValue),$Reason but got $(FormatValue $Actual)."
}

function TestBeLessThan($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeGreaterOrEqual $Actual $ExpectedValue $false $Reason }
    Verdict (-not ($Actual -ge $ExpectedValue)) "Expected the actual value to be less than $(FormatValue $ExpectedValue),$Reason but got $(FormatValue $Actual)."
}

function TestBeLessOrEqual($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeGreaterThan $Actual $ExpectedValue $false $Reason }
    Verdict (-not ($Actual -gt $ExpectedValue)) "Expected the actual value to be less than or equal to $(FormatValue $ExpectedValue),$Reason but got $(FormatValue $Actual)."
}

function TestBeNullOrEmpty($Actual, [bool] $Not, [string] $Reason) {
    $blank = $null -eq $Actual -or $Actual.Count -eq 0
    if (-not $blank -and $Actual.Count -eq 1) {
        $only = $Actual[0]
        $blank = if ($only -is [hashtable]) { $only.Count -eq 0 } else { [string]::IsNullOrEmpty($only) }
        $Actual = $only
    }
    $failure = if ($Not) { "Expected a value,$Reason but got `$null or empty." } else { "Expected `$null or empty,$Reason but got $(FormatValue $Actual)." }
    Verdict ($blank -ne $Not) $failure
}

function TestBeTrue($Actual, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeFalse $Actual $false $Reason }
    Verdict ([bool]$Actual) "Expected `$true,$Reason but got $(FormatValue $Actual)."
}

function TestBeFalse($Actual, [bool] $Not, [string] $Reason) {
    if ($Not) { return TestBeTrue $Actual $false $Reason }
    Verdict (-not $Actual) "Expected `$false,$Reason but got $(FormatValue $Actual)."
}

function TestBeOfType($Actual, $ExpectedType, [bool] $Not, [string] $Reason) {
    if ($ExpectedType -is [string]) {
        $name = $ExpectedType -replace '^\[(.*)\]$', '$1'
        $ExpectedType = $name -as [type]
        if ($null -eq $ExpectedType) { throw [System.ArgumentException]"Could not find type [$name]. Make sure that the assembly that contains that type is loaded." }
    }
    $actualType = if ($null -ne $Actual) { FormatValue $Actual.GetType() } else { '$null' }
    Verdict (($Actual -is $ExpectedType) -ne $Not) "Expected the value to $(if ($Not) { 'not ' })have type $(FormatValue $ExpectedType) or any of its subtypes,$Reason but got $(FormatValue $Actual) with type $actualType."
}

function TestBeLike($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    Verdict (($Actual -like $ExpectedValue) -ne $Not) "Expected like wildcard $(FormatValue $ExpectedValue) to $(if ($Not) { 'not ' })match $(FormatValue $Actual),$Reason but it did$(if (-not $Not) { ' not' }) match."
}

function TestBeLikeExactly($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    Verdict (($Actual -clike $ExpectedValue) -ne $Not) "Expected case sensitive like wildcard $(FormatValue $ExpectedValue) to $(if ($Not) { 'not ' })match $(FormatValue $Actual),$Reason but it did$(if (-not $Not) { ' not' }) match."
}

function TestMatch($Actual, [string] $RegularExpression, [bool] $Not, [string] $Reason) {
    Verdict (($Actual -match $RegularExpression) -ne $Not) "Expected regular expression $(FormatValue $RegularExpression) to $(if ($Not) { 'not ' })match $(FormatValue $Actual),$Reason but it did$(if (-not $Not) { ' not' }) match."
}

function TestMatchExactly($Actual, [string] $RegularExpression, [bool] $Not, [string] $Reason) {
    Verdict (($Actual -cmatch $RegularExpression) -ne $Not) "Expected regular expression $(FormatValue $RegularExpression) to $(if ($Not) { 'not ' })case sensitively match $(FormatValue $Actual),$Reason but it did$(if (-not $Not) { ' not' }) match."
}

function TestContain($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    Verdict (($Actual -contains $ExpectedValue) -ne $Not) "Expected $(FormatValue $ExpectedValue) to $(if ($Not) { 'not ' })be found in collection $(FormatValue $Actual),$Reason but it was$(if (-not $Not) { ' not' }) found."
}

function TestBeIn($Actual, $ExpectedValue, [bool] $Not, [string] $Reason) {
    Verdict (($ExpectedValue -contains $Actual) -ne $Not) "Expected collection $(FormatValue $ExpectedValue) to $(if ($Not) { 'not ' })contain $(FormatValue $Actual),$Reason but it was$(if (-not $Not) { ' not' }) found."
}

function TestHaveCount($Actual, [int] $ExpectedValue, [bool] $Not, [string] $Reason) {
    if ($ExpectedValue -lt 0) { throw [System.ArgumentException]'Expected collection size must be greater than or equal to 0.' }
    $count = if ($null -eq $Actual) { 0 } else { $Actual.Count }
    $expected = if ($Not) { $(if ($ExpectedValue) { "a collection with size different from $ExpectedValue" } else { 'a non-empty collection' }) }
    else { $(if ($ExpectedValue) { "a collection with size $ExpectedValue" } else { 'an empty collection' }) }
    $got = if ($count -eq 0) { 'an empty collection' } elseif ($Not) { "collection with that size $(FormatValue $Actual)" } else { "collection with size $count $(FormatValue $Actual)" }
    Verdict (($count -eq $ExpectedValue) -ne $Not) "Expected $expected,$Reason but got $got."
}

function TestExist($Actual, [bool] $Not, [string] $Reason) {
    $exists = $ExecutionContext.SessionState.InvokeProvider.Item.Exists([string]$Actual, $false, $false)
    Verdict ($exists -ne $Not) "Expected path $(FormatValue $Actual) to $(if ($Not) { 'not ' })exist,$Reason but it did$(if (-not $Not) { ' not' }) exist."
}

function TestFileContentMatch($Actual, [string] $ExpectedContent, [bool] $Not, [string] $Reason) {
    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Actual)
    $found = @([System.IO.File]::ReadAllLines($file) -match $ExpectedContent).Count -gt 0
    Verdict ($found -ne $Not) "Expected $(FormatValue $ExpectedContent) to $(if ($Not) { 'not ' })be found in file '$Actual',$Reason but it was$(if (-not $Not) { ' not' }) found."
}
