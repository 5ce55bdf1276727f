# Runs files of tests by Pester, or only discovers them: for each It its file, path, name with the data in it, result, and what went wrong and where.
param([string[]] $Path, [switch] $Discover)

function Format-Error($Records) {
    foreach ($record in $Records) { "$($record.DisplayErrorMessage ?? $record)`n$($record.DisplayStackTrace)".TrimEnd() }
}

# Pester fills in the names only while it runs.
function Get-Label($Test) {
    $data = @{}
    $scopes = for ($scope = $Test; $scope; $scope = $scope.PSObject.Properties['Parent'] ? $scope.Parent : $scope.Block) { $scope }
    foreach ($scope in $scopes) {
        $values = $scope.Data -is [System.Collections.IDictionary] ? $scope.Data : @{ _ = $scope.Data }
        foreach ($key in $values.Keys) { $data["$key"] ??= $values[$key] }
    }
    [regex]::Replace($Test.Path -join '.', '<(\w+)>', { param($match) $data[$match.Groups[1].Value] ?? $match.Value })
}

$run = Invoke-Pester -Configuration @{
    Run = @{ Path = $Path; PassThru = $true; SkipRun = [bool]$Discover }
    Output = @{ Verbosity = 'None' }
}
foreach ($container in $run.Containers) {
    $file = $container.Item.Name
    $tests = $run.Tests.Where({ $_.Block.BlockContainer.Item.FullName -eq $container.Item.FullName })
    if (-not $tests) {
        $message = $container.ErrorRecord ? (Format-Error $container.ErrorRecord) -join "`n" : 'The file has no It.'
        [pscustomobject]@{ File = $file; Path = 'discovery'; Label = 'discovery'; Result = 'Failed'; Message = $message }
    }
    foreach ($test in $tests) {
        # Where BeforeAll or AfterAll of a block fails, its tests carry no error.
        $around = for ($block = $test.Block; $block; $block = $block.Parent) { $block.ErrorRecord }
        [pscustomobject]@{
            File = $file
            Path = $test.Path -join '.'
            Label = Get-Label $test
            Result = $around ? 'Failed' : $test.Result
            Message = (Format-Error (@($test.ErrorRecord) + $around)) -join "`n"
        }
    }
}
