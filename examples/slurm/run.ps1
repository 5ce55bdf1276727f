<#
.SYNOPSIS
    One shard of a run over pictures; what it finds, and how far it is, go to a file of its own.
.PARAMETER Command
    The cmdlet with its parameters, as "Get-CnnCode -Layer relu7" or "Measure-CnnActivation -Model alexnet64": any that takes -Shard.
.PARAMETER Path
    All pictures: folders and tar files. Every shard is given the same.
.PARAMETER Output
    The folder of the results.
.PARAMETER Number
    Which shard, from 1.
.PARAMETER Count
    Of how many.
#>
param(
    [Parameter(Mandatory)] [string] $Command,
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [int] $Number,
    [Parameter(Mandatory)] [int] $Count
)

$ErrorActionPreference = 'Continue' # a picture that cannot be read is reported, and the run goes on
Import-Module "$PSScriptRoot/../../CnnVis.psd1"
$null = [IO.Directory]::CreateDirectory($Output)
$shard = @{ Path = $Path; Recurse = $true; Shard = "$Number/$Count"; Checkpoint = "$Output/shard-$Number-of-$Count.json" }
# Results are in the file; what comes down the pipeline is let go.
& ([scriptblock]::Create("param(`$shard) $Command @shard")) $shard | Out-Null
# A shard that was not seen to its end, or is damaged, is a failed task: what ends a command ends the script, and its exit code is 1.
$ErrorActionPreference = 'Stop'
Merge-CnnResult -LiteralPath $shard.Checkpoint -Partial -Quiet
