<#
.SYNOPSIS
    One shard of a run of Find-MaxActivatingImage; its result, and its progress, go to a file of its own.
.PARAMETER Path
    All pictures: folders and tar files. Every shard is given the same.
.PARAMETER Layer
    The layers whose units are asked about.
.PARAMETER Output
    The folder of the results.
.PARAMETER Number
    Which shard, from 1.
.PARAMETER Count
    Of how many.
.PARAMETER Model
    The network.
.PARAMETER Top
    Images kept of a unit.
#>
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string[]] $Layer,
    [Parameter(Mandatory)] [string] $Output,
    [Parameter(Mandatory)] [int] $Number,
    [Parameter(Mandatory)] [int] $Count,
    [string] $Model = 'alexnet64',
    [int] $Top = 9
)

$ErrorActionPreference = 'Continue' # a picture that cannot be read is reported, and the run goes on
Import-Module "$PSScriptRoot/../../CnnVis.psd1"
$null = [IO.Directory]::CreateDirectory($Output)
Find-MaxActivatingImage -Path $Path -Layer $Layer -Model $Model -Top $Top -Recurse -Shard "$Number/$Count" -Checkpoint "$Output/shard-$Number-of-$Count.json"
