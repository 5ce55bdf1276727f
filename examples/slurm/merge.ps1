<#
.SYNOPSIS
    Makes one file of those of all shards: the bytes of the checkpoint that one run over all pictures would have written. Merge-CnnResult gives the results that are in it.
.PARAMETER Output
    The folder of the results.
.PARAMETER Count
    How many shards there were.
#>
param(
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [int] $Count
)

$ErrorActionPreference = 'Stop' # a shard that is missing ends it
Import-Module "$PSScriptRoot/../../CnnVis.psd1"
Merge-CnnResult -LiteralPath (1..$Count | ForEach-Object { "$Output/shard-$_-of-$Count.json" }) -OutputPath "$Output/all.json" -Force -Quiet
