<#
.SYNOPSIS
    Photos in; predictions, activation maps and filter sheets out.
.DESCRIPTION
    Runs the first steps of CnnVis on the photos beside this script (or on yours), and says what each picture shows.
    Works in pwsh 7.6 after ./build.ps1, and in the PowerShell that comes along: dotnet run --project src/CnnVis.Host -- examples/tour.ps1
.EXAMPLE
    ./examples/tour.ps1 -Photo ~/Pictures/*.jpg -Output ~/cnnvis-tour
#>
param(
    [string[]] $Photo = "$PSScriptRoot/photos",
    [string] $Output = "$PSScriptRoot/../output/tour"
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../CnnVis.psd1"
$Output = [IO.Path]::GetFullPath($Output)

'1. The network'
Get-CnnModel alexnet64 | Out-Host
Get-CnnLayer -Layer conv*, pool*, fc*, prob | Out-Host

'2. What it says of the photos'
''
$predictions = Get-CnnPrediction -Path $Photo
$predictions | Out-Host
'   It knows 100 things. A photo of anything else gets the nearest of them, at times with confidence: to it, a rocket is an obelisk.'
''

'3. Activation maps: what each filter answers to'
''
$best = $predictions[0]
foreach ($prediction in $predictions) { if ($prediction.Probability -gt $best.Probability) { $best = $prediction } }
$first = $best.Path
Get-CnnActivation -LiteralPath $first -Layer relu1 |
    Export-CnnImage "$Output/{Name}-{Layer}.png" -Force -PassThru -Scale PerCell |
    ForEach-Object { "   $_`n   One box a filter, dark where it is silent. Edges of one direction light up in one box, a colour in another." }
Get-CnnActivation -LiteralPath $first -Layer relu5 |
    Export-CnnImage "$Output/{Name}-{Layer}.png" -Force -PassThru -Order Strength -Number |
    ForEach-Object { "   $_`n   Strongest first. Five layers up, most boxes are dark: few filters fire, and at few places." }
Get-CnnActivation -LiteralPath $first -Layer relu7 |
    Export-CnnImage "$Output/{Name}-{Layer}.png" -Force -PassThru |
    ForEach-Object { "   $_`n   One square a unit of a fully connected layer, which has no places any more." }
Get-CnnActivation -LiteralPath $first -Layer prob |
    Export-CnnImage "$Output/{Name}-{Layer}.png" -Force -PassThru -Order Strength -Limit 10 -Number |
    ForEach-Object { "   $_`n   The ten most probable classes, by number: one square a class. All hundred add up to 1." }
''

'4. Filters: what they look for'
''
Get-CnnFilter conv1 |
    Export-CnnImage "$Output/filters-{Layer}.png" -Force -PassThru |
    ForEach-Object { "   $_`n   conv1 looks at the photo itself, so its weights are pictures: edges, stripes and blobs of colour." }
Get-CnnFilter conv2 -Channel (0..15) |
    Export-CnnImage "$Output/filters-{Layer}.png" -Force -PassThru |
    ForEach-Object { "   $_`n   conv2 looks at conv1's maps: a row a filter, a box for each map that it reads. Blue is negative, red positive." }
''
Get-CnnFilter -Layer conv* | Out-Host
''

'5. Is any filter dead?'
''
$statistics = Measure-CnnActivation -Path $Photo
$count = @{}
foreach ($s in $statistics) { $count["$($s.Verdict)"]++ }
"   Of $($statistics.Count) filters, $(($count.Keys | ForEach-Object { "$($count[$_]) $($_.ToLower())" }) -join ', ')."
$dead = $statistics.Where({ $_.Verdict -eq 'Dead' }, 'First')
if ($dead) { "   $($dead[0].ImageCount) photos prove little: a filter silent in all of them may still fire for up to $('{0:P0}' -f $dead[0].FiringShareUpperBound) of all photos. Give it a folder of thousands." }
''
"The pictures are in $Output"
