<#
.SYNOPSIS
    Makes one result of those of all shards, and a picture of its first units.
.PARAMETER Output
    The folder of the results.
.PARAMETER Count
    How many shards there were.
.PARAMETER Limit
    Units drawn.
#>
param(
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [int] $Count,
    [int] $Limit = 20
)

$ErrorActionPreference = 'Stop' # a shard that is missing ends it
Import-Module "$PSScriptRoot/../../CnnVis.psd1"
$parts = 1..$Count | ForEach-Object { "$Output/shard-$_-of-$Count.json" }
$all = Merge-MaxActivatingImage -LiteralPath $parts -OutputPath "$Output/all.json" -Force
$all | Export-CnnImage "$Output/all.png" -Limit $Limit -Force
$all
